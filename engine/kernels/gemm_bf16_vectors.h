/* The vectors of kernels/vectors.h, of values that are rounded to bfloat16. */
#ifndef KERNELS_GEMM_BF16_VECTORS_H
#define KERNELS_GEMM_BF16_VECTORS_H

#include "kernels/vectors.h"

static inline Floats load_first_rounded(const real *x, size_t n)
{
    return round_to_bf16(load_first_floats(x, n));
}

#endif
