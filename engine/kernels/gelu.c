#include "kernels/gelu.h"
#include <tgmath.h>

/* u = sqrt(2/pi) (x + 0.044715 x^3);  y = x/2 (1 + tanh u)
 * dy/dx = (1 + tanh u)/2 + x/2 (1 - tanh^2 u) sqrt(2/pi) (1 + 3 * 0.044715 x^2) */
static const real SQRT_2_OVER_PI = (real)0.79788456080286535588;
static const real CUBIC = (real)0.044715;
static const real HALF = (real)0.5;

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
        dx[i] += dy[i] * (HALF * (1 + t) + HALF * x[i] * (1 - t * t) * du);
    }
}
