/* One bfloat16 as a float after the other, in vectors of 256 bits: for every processor that runs us. */
#include <immintrin.h>
#include <stddef.h>
#include "kernels/gemm_bf16_floats.h"

enum { WIDTH = 8, ROWS = 6, VECTORS = 2 };
typedef __m256 Vector;
#define WAY(product) gemm_bf16_avx2_##product

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
    return _mm256_fmadd_ps(_mm256_set1_ps(*a), _mm256_loadu_ps(b), sum);
}

static inline Vector vector_load(const float *x)
{
    return _mm256_loadu_ps(x);
}

static inline void vector_store(float *x, Vector sums)
{
    _mm256_storeu_ps(x, sums);
}

static inline Vector vector_number(Vector sums)
{
    const Vector none = _mm256_cmp_ps(sums, sums, _CMP_UNORD_Q);
    return _mm256_blendv_ps(sums, _mm256_set1_ps(__builtin_nanf("")), none);
}

#include "kernels/gemm_bf16_tile.h"
