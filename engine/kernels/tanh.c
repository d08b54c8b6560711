#include "kernels/tanh.h"
#include <tgmath.h>
#include "base/elementary.h"
#include "base/parallel.h"
#include "kernels/wide.h"

void tanh_forward_plain(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] = tanh(x[i]);
}

void tanh_backward_plain(real *dx, const real *dy, const real *y, size_t n)
{
    for (size_t i = 0; i < n; i++) dx[i] = dy[i] * (1 - y[i] * y[i]);
}

/* --- fast ---------------------------------------------------------------------------------------- */

enum { TANH_CHUNK = 16384 };

typedef struct TanhJob {
    real *to;
    const real *from, *y;
} TanhJob;

/* In both, `to` may be `from`: the compiler is told that no value is read after it was written. */
WIDE static void tanh_forward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const TanhJob *job = context;
    real *y = job->to;
    const real *x = job->from;
#pragma GCC ivdep
    for (size_t i = begin; i < end; i++) y[i] = elementary_tanh(x[i]);
}

WIDE static void tanh_backward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const TanhJob *job = context;
    real *dx = job->to;
    const real *dy = job->from, *y = job->y;
#pragma GCC ivdep
    for (size_t i = begin; i < end; i++) dx[i] = dy[i] * (1 - y[i] * y[i]);
}

void tanh_forward_fast(real *y, const real *x, size_t n)
{
    TanhJob job = {.to = y, .from = x};
    parallel_for(n, TANH_CHUNK, tanh_forward_piece, &job);
}

void tanh_backward_fast(real *dx, const real *dy, const real *y, size_t n)
{
    TanhJob job = {.to = dx, .from = dy, .y = y};
    parallel_for(n, TANH_CHUNK, tanh_backward_piece, &job);
}
