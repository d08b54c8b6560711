#include "kernels/cross_entropy.h"
#include <tgmath.h>
#include "base/elementary.h"
#include "base/parallel.h"
#include "kernels/lanes.h"

/* log sum exp of one row. */
static real cross_entropy_log_sum(const real *z, int V)
{
    real top = z[0], sum = 0;
    for (int v = 1; v < V; v++) top = fmax(top, z[v]);
    for (int v = 0; v < V; v++) sum += exp(z[v] - top);
    return top + log(sum);
}

void cross_entropy_rows_plain(real *loss, real *dz, const real *z, const int *target,
                              const real *weight, int N, int V)
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

void cross_entropy_soft_plain(real *loss, real *dz, const real *z, const real *target,
                              const real *weight, int N, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        const real *row = z + n * V, *wanted = target + n * V;
        const real log_sum = cross_entropy_log_sum(row, V);
        loss[n] = log_sum;
        for (int v = 0; v < V; v++) loss[n] -= wanted[v] * row[v];
        if (!dz) continue;
        for (int v = 0; v < V; v++)
            dz[n * V + v] += weight[n] * (exp(row[v] - log_sum) - wanted[v]);
    }
}

size_t cross_entropy_scratch(int N, int V)
{
    return (size_t)(N < CROSS_ENTROPY_CHUNK ? N : CROSS_ENTROPY_CHUNK) * V;
}

/* The definition works row by row; one row of scratch is enough for it. */
void cross_entropy_tied_plain(const Products *products, real *loss, real *dx, real *dE,
                              const real *x, const real *E, const int *target, const real *weight,
                              real *scratch, int N, int C, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        loss[n] = 0;
        if (target[n] < 0) continue;
        const real *row = x + n * C;
        products->whole(scratch, row, E, (GemmShape){.M = 1, .N = V, .K = C, .transpose_b = true});
        real log_sum = cross_entropy_log_sum(scratch, V);
        loss[n] = log_sum - scratch[target[n]];
        if (!dx) continue;
        for (int v = 0; v < V; v++)
            scratch[v] = weight[n] * (exp(scratch[v] - log_sum) - (v == target[n] ? 1 : 0));
        products->whole(dx + n * C, scratch, E, (GemmShape){.M = 1, .N = C, .K = V, .add = true});
        products->whole(dE, scratch, row, (GemmShape){.M = V, .N = C, .K = 1, .add = true});
    }
}

/* --- fast: CROSS_ENTROPY_CHUNK rows of logits at a time ------------------------------------------------- */

typedef struct CrossEntropyJob {
    real *loss, *z;
    const int *target;
    const real *weight; /* NULL: no gradient */
    size_t V;
} CrossEntropyJob;

/* z becomes exp(z - top); returns the sum. By pieces, so that the second loop finds them in cache. */
static real cross_entropy_exp(real *z, real top, size_t V)
{
    enum { PIECE = 1024 };
    real sum = 0;
    for (size_t begin = 0; begin < V; begin += PIECE) {
        const size_t end = V - begin < PIECE ? V : begin + PIECE;
        for (size_t v = begin; v < end; v++) z[v] = elementary_exp(z[v] - top);
        sum += lanes_sum_of(z + begin, end - begin);
    }
    return sum;
}

static void cross_entropy_row(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const CrossEntropyJob *job = context;
    const size_t n = begin, V = job->V;
    real *z = job->z + n * V;
    const int target = job->target[n];
    job->loss[n] = 0;
    if (target >= 0) {
        const real top = lanes_largest_of(z, V), right = z[target];
        const real sum = cross_entropy_exp(z, top, V);
        job->loss[n] = top + elementary_log(sum) - right;
        if (!job->weight) return;
        const real factor = job->weight[n] / sum;
        for (size_t v = 0; v < V; v++) z[v] *= factor;
        z[target] -= job->weight[n];
    } else if (job->weight) {
        memset(z, 0, V * sizeof *z);
    }
}

void cross_entropy_tied_fast(const Products *products, real *loss, real *dx, real *dE,
                             const real *x, const real *E, const int *target, const real *weight,
                             real *scratch, int N, int C, int V)
{
    for (int begin = 0; begin < N; begin += CROSS_ENTROPY_CHUNK) {
        const int rows = N - begin < CROSS_ENTROPY_CHUNK ? N - begin : CROSS_ENTROPY_CHUNK;
        const real *x_rows = x + (size_t)begin * C;
        products->whole(scratch, x_rows, E,
                        (GemmShape){.M = rows, .N = V, .K = C, .transpose_b = true});
        CrossEntropyJob job = {.loss = loss + begin,
                               .z = scratch,
                               .target = target + begin,
                               .weight = dx ? weight + begin : NULL,
                               .V = (size_t)V};
        parallel_for((size_t)rows, 1, cross_entropy_row, &job);
        if (!dx) continue;
        products->whole(dx + (size_t)begin * C, scratch, E,
                        (GemmShape){.M = rows, .N = C, .K = V, .add = true});
        products->whole(dE, scratch, x_rows,
                        (GemmShape){.M = V, .N = C, .K = rows, .transpose_a = true, .add = true});
    }
}

/* A few classes a row: nothing to share out. What matters is that exp and log are our own, for the bits. */
void cross_entropy_rows_fast(real *loss, real *dz, const real *z, const int *target,
                             const real *weight, int N, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        loss[n] = 0;
        if (target[n] < 0) continue;
        const real *row = z + n * V;
        real top = row[0], sum = 0;
        for (int v = 1; v < V; v++) top = fmax(top, row[v]);
        for (int v = 0; v < V; v++) sum += elementary_exp(row[v] - top);
        loss[n] = top + elementary_log(sum) - row[target[n]];
        if (!dz) continue;
        for (int v = 0; v < V; v++) dz[n * V + v] += weight[n] / sum * elementary_exp(row[v] - top);
        dz[n * V + target[n]] -= weight[n];
    }
}

void cross_entropy_soft_fast(real *loss, real *dz, const real *z, const real *target,
                             const real *weight, int N, int V)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        const real *row = z + n * V, *wanted = target + n * V;
        real top = row[0], sum = 0;
        for (int v = 1; v < V; v++) top = fmax(top, row[v]);
        for (int v = 0; v < V; v++) sum += elementary_exp(row[v] - top);
        loss[n] = top + elementary_log(sum);
        for (int v = 0; v < V; v++) loss[n] -= wanted[v] * row[v];
        if (!dz) continue;
        for (int v = 0; v < V; v++)
            dz[n * V + v] += weight[n] * (elementary_exp(row[v] - top) / sum - wanted[v]);
    }
}
