#include "kernels/layernorm.h"
#include <stddef.h>
#include <tgmath.h>

static const real EPSILON = (real)1e-5;

/* mean = sum x / C;  variance = sum (x - mean)^2 / C;  xhat = (x - mean) rstd;  y = gain xhat + bias */
void layernorm_forward_plain(real *y, real *mean, real *rstd, const real *x, const real *gain,
                             const real *bias, int N, int C)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        const real *xn = x + n * C;
        real *yn = y + n * C;
        real sum = 0, squares = 0;
        for (int c = 0; c < C; c++) sum += xn[c];
        mean[n] = sum / (real)C;
        for (int c = 0; c < C; c++) squares += (xn[c] - mean[n]) * (xn[c] - mean[n]);
        rstd[n] = 1 / sqrt(squares / (real)C + EPSILON);
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
            dgain[c] += dyn[c] * xhat;
            dbias[c] += dyn[c];
        }
        mean_g /= (real)C;
        mean_gx /= (real)C;
        for (int c = 0; c < C; c++) {
            real xhat = (xn[c] - mean[n]) * rstd[n];
            dxn[c] += rstd[n] * (gain[c] * dyn[c] - mean_g - xhat * mean_gx);
        }
    }
}
