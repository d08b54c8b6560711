/* The vectors of kernels/gemm_vectors.h, of values that are rounded to bfloat16. */
#ifndef KERNELS_GEMM_BF16_VECTORS_H
#define KERNELS_GEMM_BF16_VECTORS_H

#include <stdint.h>
#include "kernels/gemm_vectors.h"

/* bf16_round of 8 values, in vectors. */
static inline __m256 rounded(__m256 x)
{
    const __m256i bits = _mm256_castps_si256(x), upper = _mm256_set1_epi32((int)0xFFFF0000U);
    const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i half = _mm256_add_epi32(odd, _mm256_set1_epi32(0x7FFF));
    const __m256i nan = _mm256_castps_si256(_mm256_cmp_ps(x, x, _CMP_UNORD_Q)); /* all bits set */
    const __m256i nearest = _mm256_or_si256(_mm256_add_epi32(bits, half), nan);
    const __m256i exponent = _mm256_and_si256(bits, _mm256_set1_epi32(0x7F800000));
    const __m256i small = _mm256_cmpeq_epi32(exponent, _mm256_setzero_si256());
    return _mm256_castsi256_ps(_mm256_andnot_si256(small, _mm256_and_si256(nearest, upper)));
}

static inline __m256 load_first_rounded(const real *x, size_t n)
{
    return rounded(load_first_floats(x, n));
}

#endif
