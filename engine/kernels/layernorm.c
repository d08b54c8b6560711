#include "kernels/layernorm.h"
#include <stddef.h>
#include <tgmath.h>
#include "base/parallel.h"
#include "kernels/lanes.h"
#include "kernels/wide.h"

/* mean = sum x / C;  variance = sum (x - mean)^2 / C;  xhat = (x - mean) rstd;  y = gain xhat + bias */
void layernorm_forward_plain(real *y, real *mean, real *rstd, const real *x, const real *gain,
                             const real *bias, int N, int C, real epsilon)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        const real *xn = x + n * C;
        real *yn = y + n * C;
        real sum = 0, squares = 0;
        for (int c = 0; c < C; c++) sum += xn[c];
        mean[n] = sum / (real)C;
        for (int c = 0; c < C; c++) squares += (xn[c] - mean[n]) * (xn[c] - mean[n]);
        rstd[n] = 1 / sqrt(squares / (real)C + epsilon);
        for (int c = 0; c < C; c++) yn[c] = gain[c] * (xn[c] - mean[n]) * rstd[n] + bias[c];
    }
}

/* With g = gain dy:  dx = rstd (g - mean(g) - xhat mean(g xhat));  dgain = sum dy xhat;  dbias = sum dy */
void layernorm_backward_plain(real *dx, real *dgain, real *dbias, const real *dy, const real *x,
                              const real *gain, const real *mean, const real *rstd, int N, int C)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        const real *xn = x + n * C, *dyn = dy + n * C;
        real *dxn = dx + n * C;
        real mean_g = 0, mean_gx = 0;
        for (int c = 0; c < C; c++) {
            real xhat = (xn[c] - mean[n]) * rstd[n];
            mean_g += gain[c] * dyn[c];
            mean_gx += gain[c] * dyn[c] * xhat;
            if (dgain) dgain[c] += dyn[c] * xhat;
            if (dgain) dbias[c] += dyn[c];
        }
        mean_g /= (real)C;
        mean_gx /= (real)C;
        for (int c = 0; c < C; c++) {
            real xhat = (xn[c] - mean[n]) * rstd[n];
            dxn[c] = rstd[n] * (gain[c] * dyn[c] - mean_g - xhat * mean_gx);
        }
    }
}

/* --- fast: rows in parallel; the sums over rows in parallel by columns ------------------------------- */

enum { LAYERNORM_ROWS = 32, LAYERNORM_COLUMNS = 32 };

typedef struct LayernormForwardJob {
    real *y, *mean, *rstd;
    const real *x, *gain, *bias;
    size_t C;
    real epsilon;
} LayernormForwardJob;

typedef struct LayernormBackwardJob {
    real *dx, *dgain, *dbias;
    const real *dy, *x, *gain, *mean, *rstd;
    size_t N, C;
} LayernormBackwardJob;

static real layernorm_squares(const real *x, real mean, size_t C)
{
    Lanes sum = {0};
    size_t c = 0;
    for (; c + LANES <= C; c += LANES) {
        Lanes centred = lanes_load(x + c) - mean;
        sum += centred * centred;
    }
    real total = lanes_sum(sum);
    for (; c < C; c++) total += (x[c] - mean) * (x[c] - mean);
    return total;
}

WIDE static void layernorm_forward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const LayernormForwardJob *job = context;
    const size_t C = job->C;
    const real epsilon = job->epsilon;
    for (size_t n = begin; n < end; n++) {
        const real *restrict x = job->x + n * C;
        const real *restrict gain = job->gain, *restrict bias = job->bias;
        real *restrict y = job->y + n * C;
        const real mean = lanes_sum_of(x, C) / (real)C;
        const real rstd = 1 / sqrt(layernorm_squares(x, mean, C) / (real)C + epsilon);
        for (size_t c = 0; c < C; c++) y[c] = gain[c] * (x[c] - mean) * rstd + bias[c];
        job->mean[n] = mean;
        job->rstd[n] = rstd;
    }
}

static void layernorm_backward_row(const LayernormBackwardJob *job, size_t n)
{
    const size_t C = job->C;
    const real *x = job->x + n * C, *dy = job->dy + n * C, *gain = job->gain;
    const real mean = job->mean[n], rstd = job->rstd[n];
    real *dx = job->dx + n * C;
    Lanes g_lanes = {0}, gx_lanes = {0};
    size_t c = 0;
    for (; c + LANES <= C; c += LANES) {
        Lanes g = lanes_load(gain + c) * lanes_load(dy + c);
        g_lanes += g;
        gx_lanes += g * ((lanes_load(x + c) - mean) * rstd);
    }
    real mean_g = lanes_sum(g_lanes), mean_gx = lanes_sum(gx_lanes);
    for (; c < C; c++) {
        mean_g += gain[c] * dy[c];
        mean_gx += gain[c] * dy[c] * ((x[c] - mean) * rstd);
    }
    mean_g /= (real)C;
    mean_gx /= (real)C;
    for (c = 0; c + LANES <= C; c += LANES) {
        const Lanes g = lanes_load(gain + c) * lanes_load(dy + c);
        const Lanes xhat = (lanes_load(x + c) - mean) * rstd;
        lanes_store(dx + c, rstd * (g - mean_g - xhat * mean_gx));
    }
    for (; c < C; c++) dx[c] = rstd * (gain[c] * dy[c] - mean_g - (x[c] - mean) * rstd * mean_gx);
}

WIDE static void layernorm_backward_rows(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    for (size_t n = begin; n < end; n++) layernorm_backward_row(context, n);
}

/* Inlined with a constant `columns`, so that the sums stay in registers. */
static inline void layernorm_sum_columns(const LayernormBackwardJob *job, size_t begin,
                                         size_t columns)
{
    real dgain[LAYERNORM_COLUMNS] = {0}, dbias[LAYERNORM_COLUMNS] = {0};
    for (size_t n = 0; n < job->N; n++) {
        const real *x = job->x + n * job->C + begin, *dy = job->dy + n * job->C + begin;
        const real mean = job->mean[n], rstd = job->rstd[n];
        for (size_t c = 0; c < columns; c++) {
            dgain[c] += dy[c] * ((x[c] - mean) * rstd);
            dbias[c] += dy[c];
        }
    }
    for (size_t c = 0; c < columns; c++) {
        job->dgain[begin + c] += dgain[c];
        job->dbias[begin + c] += dbias[c];
    }
}

WIDE static void layernorm_backward_columns(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    if (end - begin == LAYERNORM_COLUMNS) layernorm_sum_columns(context, begin, LAYERNORM_COLUMNS);
    else layernorm_sum_columns(context, begin, end - begin);
}

void layernorm_forward_fast(real *y, real *mean, real *rstd, const real *x, const real *gain,
                            const real *bias, int N, int C, real epsilon)
{
    LayernormForwardJob job = {.y = y,
                               .mean = mean,
                               .rstd = rstd,
                               .x = x,
                               .gain = gain,
                               .bias = bias,
                               .C = (size_t)C,
                               .epsilon = epsilon};
    parallel_for((size_t)N, LAYERNORM_ROWS, layernorm_forward_piece, &job);
}

void layernorm_backward_fast(real *dx, real *dgain, real *dbias, const real *dy, const real *x,
                             const real *gain, const real *mean, const real *rstd, int N, int C)
{
    LayernormBackwardJob job = {.dx = dx,
                                .dgain = dgain,
                                .dbias = dbias,
                                .dy = dy,
                                .x = x,
                                .gain = gain,
                                .mean = mean,
                                .rstd = rstd,
                                .N = (size_t)N,
                                .C = (size_t)C};
    if (dgain) parallel_for((size_t)C, LAYERNORM_COLUMNS, layernorm_backward_columns, &job);
    parallel_for((size_t)N, LAYERNORM_ROWS, layernorm_backward_rows, &job); /* dy may end here */
}
