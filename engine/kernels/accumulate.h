/* Adds one block to another: to += from, as where gradients of several parts of an update are summed.
 *
 * Shapes  n values each, which do not overlap */
#ifndef KERNELS_ACCUMULATE_H
#define KERNELS_ACCUMULATE_H

#include <stddef.h>
#include "base/real.h"

typedef void Accumulate(real *to, const real *from, size_t n);
Accumulate accumulate_plain, accumulate_fast;

#endif
