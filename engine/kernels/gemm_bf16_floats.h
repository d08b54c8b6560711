/* Slots of kernels/gemm_bf16_pack.h that are floats, one bfloat16 each: the odd value of a pair, then the
 * even one. */
#ifndef KERNELS_GEMM_BF16_FLOATS_H
#define KERNELS_GEMM_BF16_FLOATS_H

#include "kernels/gemm_bf16_vectors.h"

enum { SLOTS = 2 };
typedef float Slot;

static inline void slots_across(Slot *panel, size_t width, __m256 even, __m256 odd)
{
    _mm256_storeu_ps(panel, odd);
    _mm256_storeu_ps(panel + width, even);
}

static inline __m256 slots_along(const real *x, size_t n)
{
    return _mm256_permute_ps(load_first_rounded(x, n), 0xB1); /* neighbours change places */
}

#endif
