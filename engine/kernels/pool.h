/* Picks the states of chosen rows (the classify tokens; GPT-1, section 3.2) and adds those of a group:
 *
 *   y[g,:] = sum over rows r in row[g*k .. g*k+k) of x[r,:]       (k = 1; k = 2 for similarity)
 *
 * Shapes  x, dx [N,C]; row [G*k]; y, dy [G,C]
 * Writes  forward overwrites y; backward ADDS to dx */
#ifndef KERNELS_POOL_H
#define KERNELS_POOL_H

#include "base/real.h"

typedef void PoolForward(real *y, const real *x, const int *row, int G, int k, int C);
typedef void PoolBackward(real *dx, const real *dy, const int *row, int G, int k, int C);

PoolForward pool_forward_plain;
PoolBackward pool_backward_plain;

#endif
