/* Dropout factors by the run: what kernels/dropout.h defines value by value, vectorised. */
#ifndef KERNELS_DROPOUT_MASK_H
#define KERNELS_DROPOUT_MASK_H

#include "kernels/dropout.h"

enum { DROPOUT_MASK_STEP = 32 };

/* factor[i] = dropout_factor(rate, key, first + i) for i < n.
 *
 * Needs   first is a multiple of 8; room for n rounded up to DROPOUT_MASK_STEP in `factor` */
void dropout_mask(real *factor, double rate, RngKey key, size_t first, size_t n);

#endif
