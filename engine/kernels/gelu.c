#include "kernels/gelu.h"
#include <tgmath.h>
#include "base/elementary.h"
#include "base/parallel.h"
#include "kernels/wide.h"

/* u = sqrt(2/pi) (x + 0.044715 x^3);  y = x/2 (1 + tanh u)
 * dy/dx = (1 + tanh u)/2 + x/2 (1 - tanh^2 u) sqrt(2/pi) (1 + 3 * 0.044715 x^2) */
static const real SQRT_2_OVER_PI = (real)0.79788456080286535588;
static const real CUBIC = (real)0.044715;
static const real HALF = (real)0.5;
static const real SQRT_HALF = (real)0.70710678118654752440;
static const real ONE_OVER_SQRT_2_PI = (real)0.39894228040143267794;

void gelu_forward_plain(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real t = tanh(SQRT_2_OVER_PI * (x[i] + CUBIC * x[i] * x[i] * x[i]));
        y[i] = HALF * x[i] * (1 + t);
    }
}

void gelu_backward_plain(real *dx, const real *dy, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real t = tanh(SQRT_2_OVER_PI * (x[i] + CUBIC * x[i] * x[i] * x[i]));
        real du = SQRT_2_OVER_PI * (1 + 3 * CUBIC * x[i] * x[i]);
        dx[i] = dy[i] * (HALF * (1 + t) + HALF * x[i] * (1 - t * t) * du);
    }
}

/* dy/dx = (1 + erf(x / sqrt(2)))/2 + x exp(-x^2/2) / sqrt(2 pi) */
void gelu_erf_forward_plain(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] = HALF * x[i] * (1 + erf(SQRT_HALF * x[i]));
}

void gelu_erf_backward_plain(real *dx, const real *dy, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        real density = ONE_OVER_SQRT_2_PI * exp(-HALF * x[i] * x[i]);
        dx[i] = dy[i] * (HALF * (1 + erf(SQRT_HALF * x[i])) + x[i] * density);
    }
}

/* --- fast: (1 + tanh u)/2 = 1 / (1 + exp(-2u)) = s, so y = x s and dy/dx = s + 2 x s (1 - s) du/dx ----- */

enum { GELU_CHUNK = 16384 };

typedef struct GeluJob {
    real *y, *dx;
    const real *x, *dy;
} GeluJob;

static inline real gelu_sigmoid_2u(real x)
{
    return 1 / (1 + elementary_exp(-2 * SQRT_2_OVER_PI * (x + CUBIC * x * x * x)));
}

WIDE static void gelu_forward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const GeluJob *job = context;
    real *restrict y = job->y;
    const real *restrict x = job->x;
    for (size_t i = begin; i < end; i++) y[i] = x[i] * gelu_sigmoid_2u(x[i]);
}

/* dx may be dy: the compiler is told that no value is read after it was written. */
WIDE static void gelu_backward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const GeluJob *job = context;
    real *dx = job->dx;
    const real *x = job->x, *dy = job->dy;
#pragma GCC ivdep
    for (size_t i = begin; i < end; i++) {
        real s = gelu_sigmoid_2u(x[i]);
        real du = SQRT_2_OVER_PI * (1 + 3 * CUBIC * x[i] * x[i]);
        dx[i] = dy[i] * (s + 2 * x[i] * s * (1 - s) * du);
    }
}

WIDE static void gelu_erf_forward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const GeluJob *job = context;
    real *restrict y = job->y;
    const real *restrict x = job->x;
    for (size_t i = begin; i < end; i++)
        y[i] = HALF * x[i] * (1 + elementary_erf(SQRT_HALF * x[i]));
}

WIDE static void gelu_erf_backward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const GeluJob *job = context;
    real *dx = job->dx;
    const real *x = job->x, *dy = job->dy;
#pragma GCC ivdep
    for (size_t i = begin; i < end; i++) {
        real density = ONE_OVER_SQRT_2_PI * elementary_exp(-HALF * x[i] * x[i]);
        dx[i] = dy[i] * (HALF * (1 + elementary_erf(SQRT_HALF * x[i])) + x[i] * density);
    }
}

void gelu_forward_fast(real *y, const real *x, size_t n)
{
    GeluJob job = {.y = y, .x = x};
    parallel_for(n, GELU_CHUNK, gelu_forward_piece, &job);
}

void gelu_backward_fast(real *dx, const real *dy, const real *x, size_t n)
{
    GeluJob job = {.dx = dx, .x = x, .dy = dy};
    parallel_for(n, GELU_CHUNK, gelu_backward_piece, &job);
}

void gelu_erf_forward_fast(real *y, const real *x, size_t n)
{
    GeluJob job = {.y = y, .x = x};
    parallel_for(n, GELU_CHUNK, gelu_erf_forward_piece, &job);
}

void gelu_erf_backward_fast(real *dx, const real *dy, const real *x, size_t n)
{
    GeluJob job = {.dx = dx, .x = x, .dy = dy};
    parallel_for(n, GELU_CHUNK, gelu_erf_backward_piece, &job);
}
