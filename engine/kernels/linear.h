/* An affine map of rows: y = x W + b (b may be NULL).
 *
 * Shapes  x, dx [N,I]; W, dW [I,O]; b, db [O]; y, dy [N,O]
 * Writes  forward overwrites y; backward ADDS to dx (may be NULL: not wanted), dW, db (may be NULL) */
#ifndef KERNELS_LINEAR_H
#define KERNELS_LINEAR_H

#include "base/real.h"

typedef void LinearForward(real *y, const real *x, const real *W, const real *b, int N, int I,
                           int O);
typedef void LinearBackward(real *dx, real *dW, real *db, const real *dy, const real *x,
                            const real *W, int N, int I, int O);

LinearForward linear_forward_plain, linear_forward_fast;
LinearBackward linear_backward_plain, linear_backward_fast;

#endif
