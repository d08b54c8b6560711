/* Layer normalization over the last dimension (Ba et al. 2016, section 3).
 *
 *   y = gain * (x - mean) * rstd + bias,   rstd = 1 / sqrt(variance + epsilon)
 *
 * Shapes  x, y, dx, dy [N,C]; gain, bias, dgain, dbias [C]; mean, rstd [N]
 * Writes  forward overwrites y, mean, rstd; backward overwrites dx, which may be dy, and ADDS to dgain, dbias (both
 *         NULL: not wanted)
 * Saved   backward needs the x, mean and rstd of the matching forward call
 * Needs   else buffers do not overlap; C > 0; N == 0 does nothing */
#ifndef KERNELS_LAYERNORM_H
#define KERNELS_LAYERNORM_H

#include "base/real.h"

typedef void LayernormForward(real *y, real *mean, real *rstd, const real *x, const real *gain,
                              const real *bias, int N, int C, real epsilon);
typedef void LayernormBackward(real *dx, real *dgain, real *dbias, const real *dy, const real *x,
                               const real *gain, const real *mean, const real *rstd, int N, int C);

LayernormForward layernorm_forward_plain, layernorm_forward_fast;
LayernormBackward layernorm_backward_plain, layernorm_backward_fast;

#endif
