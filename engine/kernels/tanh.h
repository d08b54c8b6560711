/* The hyperbolic tangent (BERT: of the pooled state):
 *
 *   y = tanh x,   dx = dy (1 - y^2)
 *
 * Shapes  x, y, dx, dy: n values
 * Writes  forward overwrites y, which may be x; backward overwrites dx, which may be dy
 * Saved   backward needs the y of the forward call */
#ifndef KERNELS_TANH_H
#define KERNELS_TANH_H

#include <stddef.h>
#include "base/real.h"

typedef void TanhForward(real *y, const real *x, size_t n);
typedef void TanhBackward(real *dx, const real *dy, const real *y, size_t n);

TanhForward tanh_forward_plain, tanh_forward_fast;
TanhBackward tanh_backward_plain, tanh_backward_fast;

#endif
