/* An affine map of rows: y = x W + b (b may be NULL), by the products it is given.
 *
 * Shapes  x, dx [N,I]; W, dW [I,O]; b, db [O]; y, dy [N,O]
 * Writes  forward overwrites y; backward ADDS to dW and db, and writes dx: over what was there, or added
 *         to it; each may be NULL: not wanted */
#ifndef KERNELS_LINEAR_H
#define KERNELS_LINEAR_H

#include "kernels/gemm.h"

typedef void LinearForward(const Products *products, real *y, const real *x, const real *W,
                           const real *b, int N, int I, int O);
typedef void LinearBackward(const Products *products, real *dx, real *dW, real *db, const real *dy,
                            const real *x, const real *W, int N, int I, int O, bool add_dx);

LinearForward linear_forward_plain; /* a product and nothing else: as fast as that */
LinearBackward linear_backward_plain, linear_backward_fast;

#endif
