/* Rectified linear units (T5, version 1.0):
 *
 *   y = max(x, 0),   dx = dy where x > 0, else 0
 *
 * Shapes  x, y, dx, dy: n values
 * Writes  forward overwrites y, which may be x; backward overwrites dx, which may be dy
 * Saved   backward needs the x of the forward call, or its y, which is above 0 where x is */
#ifndef KERNELS_RELU_H
#define KERNELS_RELU_H

#include <stddef.h>
#include "base/real.h"

typedef void ReluForward(real *y, const real *x, size_t n);
typedef void ReluBackward(real *dx, const real *dy, const real *x, size_t n);

ReluForward relu_forward_plain, relu_forward_fast;
ReluBackward relu_backward_plain, relu_backward_fast;

#endif
