#include "kernels/cross_entropy.h"
#include <tgmath.h>
#include "kernels/gemm.h"

/* log sum exp of one row. */
static real cross_entropy_log_sum(const real *z, int V)
{
    real top = z[0], sum = 0;
    for (int v = 1; v < V; v++) top = fmax(top, z[v]);
    for (int v = 0; v < V; v++) sum += exp(z[v] - top);
    return top + log(sum);
}

void cross_entropy_rows_plain(real *loss, real *dz, const real *z, const int *target, const real *weight,
                              int N, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        loss[n] = 0;
        if (target[n] < 0) continue;
        const real *row = z + n * V;
        real log_sum = cross_entropy_log_sum(row, V);
        loss[n] = log_sum - row[target[n]];
        if (!dz) continue;
        for (int v = 0; v < V; v++)
            dz[n * V + v] += weight[n] * (exp(row[v] - log_sum) - (v == target[n] ? 1 : 0));
    }
}

size_t cross_entropy_scratch(int N, int V)
{
    return (size_t)(N < CROSS_ENTROPY_CHUNK ? N : CROSS_ENTROPY_CHUNK) * V;
}

/* The definition works row by row; one row of scratch is enough for it. */
void cross_entropy_tied_plain(real *loss, real *dx, real *dE, const real *x, const real *E, const int *target,
                              const real *weight, real *scratch, int N, int C, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        loss[n] = 0;
        if (target[n] < 0) continue;
        const real *row = x + n * C;
        gemm_plain(scratch, row, E, (GemmShape){.M = 1, .N = V, .K = C, .transpose_b = true});
        real log_sum = cross_entropy_log_sum(scratch, V);
        loss[n] = log_sum - scratch[target[n]];
        if (!dx) continue;
        for (int v = 0; v < V; v++)
            scratch[v] = weight[n] * (exp(scratch[v] - log_sum) - (v == target[n] ? 1 : 0));
        gemm_plain(dx + n * C, scratch, E, (GemmShape){.M = 1, .N = C, .K = V, .add = true});
        gemm_plain(dE, scratch, row, (GemmShape){.M = V, .N = C, .K = 1, .add = true});
    }
}
