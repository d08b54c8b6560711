/* Factors of dropout masks, which kernels draw again instead of storing them; kernels/dropout.h has the
 * rule. */
#ifndef KERNELS_DROPOUT_MASK_H
#define KERNELS_DROPOUT_MASK_H

#include <stddef.h>
#include "base/real.h"
#include "base/rng.h"
#include "kernels/dropout_mask_run.h"

/* The factor (0 or the scale) of value i: the definition. */
real dropout_mask_factor(double rate, RngKey key, size_t i);
real dropout_mask_scale(double rate); /* of the values that are kept */

/* The same by the run, vectorised: factor[i] = dropout_mask_factor(rate, key, first + i) for i < n.
 *
 * Needs   first is a multiple of 8; room for n rounded up to DROPOUT_MASK_STEP in `factor` */
void dropout_mask(real *factor, double rate, RngKey key, size_t first, size_t n);

#endif
