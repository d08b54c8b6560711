#include "kernels/rms_norm.h"
#include <stddef.h>
#include <tgmath.h>
#include "base/parallel.h"
#include "kernels/lanes.h"
#include "kernels/wide.h"

/* xhat = x rstd;  y = gain xhat */
void rms_norm_forward_plain(real *y, real *rstd, const real *x, const real *gain, int N, int C,
                            real epsilon)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        const real *xn = x + n * C;
        real squares = 0;
        for (int c = 0; c < C; c++) squares += xn[c] * xn[c];
        rstd[n] = 1 / sqrt(squares / (real)C + epsilon);
        for (int c = 0; c < C; c++) y[n * C + c] = gain[c] * xn[c] * rstd[n];
    }
}

/* With g = gain dy:  dx = rstd (g - xhat mean(g xhat));  dgain = sum dy xhat */
void rms_norm_backward_plain(real *dx, real *dgain, const real *dy, const real *x, const real *gain,
                             const real *rstd, int N, int C)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        const real *xn = x + n * C, *dyn = dy + n * C;
        real mean_gx = 0;
        for (int c = 0; c < C; c++) {
            mean_gx += gain[c] * dyn[c] * xn[c] * rstd[n];
            if (dgain) dgain[c] += dyn[c] * xn[c] * rstd[n];
        }
        mean_gx /= (real)C;
        for (int c = 0; c < C; c++)
            dx[n * C + c] = rstd[n] * (gain[c] * dyn[c] - xn[c] * rstd[n] * mean_gx);
    }
}

/* --- fast: rows in parallel; the sums over rows in parallel by columns ------------------------------- */

enum { RMS_NORM_ROWS = 32, RMS_NORM_COLUMNS = 32 };

typedef struct RmsNormForwardJob {
    real *y, *rstd;
    const real *x, *gain;
    size_t C;
    real epsilon;
} RmsNormForwardJob;

typedef struct RmsNormBackwardJob {
    real *dx, *dgain;
    const real *dy, *x, *gain, *rstd;
    size_t N, C;
} RmsNormBackwardJob;

WIDE static void rms_norm_forward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const RmsNormForwardJob *job = context;
    const size_t C = job->C;
    for (size_t n = begin; n < end; n++) {
        const real *restrict x = job->x + n * C, *restrict gain = job->gain;
        real *restrict y = job->y + n * C;
        const real rstd = 1 / sqrt(lanes_dot_of(x, x, C) / (real)C + job->epsilon);
        for (size_t c = 0; c < C; c++) y[c] = gain[c] * x[c] * rstd;
        job->rstd[n] = rstd;
    }
}

/* Sum of gain dy xhat over a row. */
static real rms_norm_sum(const real *dy, const real *x, const real *gain, real rstd, size_t C)
{
    Lanes lanes = {0};
    size_t c = 0;
    for (; c + LANES <= C; c += LANES)
        lanes += lanes_load(gain + c) * lanes_load(dy + c) * (lanes_load(x + c) * rstd);
    real sum = lanes_sum(lanes);
    for (; c < C; c++) sum += gain[c] * dy[c] * (x[c] * rstd);
    return sum;
}

/* dx may be dy: the compiler is told that no value is read after it was written. */
WIDE static void rms_norm_backward_rows(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const RmsNormBackwardJob *job = context;
    const size_t C = job->C;
    const real *gain = job->gain;
    for (size_t n = begin; n < end; n++) {
        const real *x = job->x + n * C, *dy = job->dy + n * C;
        const real rstd = job->rstd[n], mean_gx = rms_norm_sum(dy, x, gain, rstd, C) / (real)C;
        real *dx = job->dx + n * C;
#pragma GCC ivdep
        for (size_t c = 0; c < C; c++) dx[c] = rstd * (gain[c] * dy[c] - x[c] * rstd * mean_gx);
    }
}

/* Inlined with a constant `columns`, so that the sums stay in registers. */
static inline void rms_norm_sum_columns(const RmsNormBackwardJob *job, size_t begin, size_t columns)
{
    real dgain[RMS_NORM_COLUMNS] = {0};
    for (size_t n = 0; n < job->N; n++) {
        const real *x = job->x + n * job->C + begin, *dy = job->dy + n * job->C + begin;
        const real rstd = job->rstd[n];
        for (size_t c = 0; c < columns; c++) dgain[c] += dy[c] * (x[c] * rstd);
    }
    for (size_t c = 0; c < columns; c++) job->dgain[begin + c] += dgain[c];
}

WIDE static void rms_norm_backward_columns(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    if (end - begin == RMS_NORM_COLUMNS) rms_norm_sum_columns(context, begin, RMS_NORM_COLUMNS);
    else rms_norm_sum_columns(context, begin, end - begin);
}

void rms_norm_forward_fast(real *y, real *rstd, const real *x, const real *gain, int N, int C,
                           real epsilon)
{
    RmsNormForwardJob job = {
        .y = y, .rstd = rstd, .x = x, .gain = gain, .C = (size_t)C, .epsilon = epsilon};
    parallel_for((size_t)N, RMS_NORM_ROWS, rms_norm_forward_piece, &job);
}

void rms_norm_backward_fast(real *dx, real *dgain, const real *dy, const real *x, const real *gain,
                            const real *rstd, int N, int C)
{
    RmsNormBackwardJob job = {.dx = dx,
                              .dgain = dgain,
                              .dy = dy,
                              .x = x,
                              .gain = gain,
                              .rstd = rstd,
                              .N = (size_t)N,
                              .C = (size_t)C};
    if (dgain) parallel_for((size_t)C, RMS_NORM_COLUMNS, rms_norm_backward_columns, &job);
    parallel_for((size_t)N, RMS_NORM_ROWS, rms_norm_backward_rows, &job); /* dy may end here */
}
