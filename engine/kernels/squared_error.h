/* Squared error, forward and backward in one pass because the weight of each row is known.
 *
 *   loss[n] = (z[n] - target[n])^2          (unweighted)
 *   dz[n]  += weight[n] * 2 (z[n] - target[n])
 *
 * Shapes  all [N]
 * Writes  overwrites loss; ADDS to dz; dz NULL: loss only (weight may then be NULL) */
#ifndef KERNELS_SQUARED_ERROR_H
#define KERNELS_SQUARED_ERROR_H

#include "base/real.h"

typedef void SquaredErrorRows(real *loss, real *dz, const real *z, const real *target,
                              const real *weight, int N);
SquaredErrorRows squared_error_rows_plain;

#endif
