/* Multiplies a block by a number, as T5's states before its softmax: x *= factor.
 *
 * Shapes  n values */
#ifndef KERNELS_SCALE_H
#define KERNELS_SCALE_H

#include <stddef.h>
#include "base/real.h"

typedef void Scale(real *x, real factor, size_t n);
Scale scale_plain, scale_fast;

#endif
