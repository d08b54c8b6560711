#include "kernels/relu.h"
#include "base/parallel.h"
#include "kernels/wide.h"

/* What is not a number stays so, in both directions. */
static inline real relu_where_above(real x, real value)
{
    return x <= 0 ? 0 : value;
}

void relu_forward_plain(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] = relu_where_above(x[i], x[i]);
}

void relu_backward_plain(real *dx, const real *dy, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) dx[i] = relu_where_above(x[i], dy[i]);
}

/* --- fast ---------------------------------------------------------------------------------------- */

enum { RELU_CHUNK = 16384 };

typedef struct ReluJob {
    real *to;
    const real *from, *x;
} ReluJob;

/* `to` may be `from`: the compiler is told that no value is read after it was written. */
WIDE static void relu_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const ReluJob *job = context;
    real *to = job->to;
    const real *from = job->from, *x = job->x;
#pragma GCC ivdep
    for (size_t i = begin; i < end; i++) to[i] = relu_where_above(x[i], from[i]);
}

void relu_forward_fast(real *y, const real *x, size_t n)
{
    ReluJob job = {.to = y, .from = x, .x = x};
    parallel_for(n, RELU_CHUNK, relu_piece, &job);
}

void relu_backward_fast(real *dx, const real *dy, const real *x, size_t n)
{
    ReluJob job = {.to = dx, .from = dy, .x = x};
    parallel_for(n, RELU_CHUNK, relu_piece, &job);
}
