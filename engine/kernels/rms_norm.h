/* Normalization by the root mean square over the last dimension (Zhang and Sennrich 2019; T5): no mean is taken off and
 * no bias added.
 *
 *   y = gain * x * rstd,   rstd = 1 / sqrt(mean of x^2 + epsilon)
 *
 * Shapes  x, y, dx, dy [N,C]; gain, dgain [C]; rstd [N]
 * Writes  forward overwrites y, rstd; backward overwrites dx, which may be dy, and ADDS to dgain (NULL: not wanted)
 * Saved   backward needs the x and rstd of the matching forward call
 * Needs   else buffers do not overlap; C > 0; N == 0 does nothing */
#ifndef KERNELS_RMS_NORM_H
#define KERNELS_RMS_NORM_H

#include "base/real.h"

typedef void RmsNormForward(real *y, real *rstd, const real *x, const real *gain, int N, int C,
                            real epsilon);
typedef void RmsNormBackward(real *dx, real *dgain, const real *dy, const real *x, const real *gain,
                             const real *rstd, int N, int C);

RmsNormForward rms_norm_forward_plain, rms_norm_forward_fast;
RmsNormBackward rms_norm_backward_plain, rms_norm_backward_fast;

#endif
