/* The squared 2-norm of a block, summed in double over chunks of constant size in order. */
#ifndef KERNELS_NORM_H
#define KERNELS_NORM_H

#include <stddef.h>
#include "base/real.h"

typedef double NormSquared(const real *x, size_t n);
NormSquared norm_squared_plain, norm_squared_fast;

#endif
