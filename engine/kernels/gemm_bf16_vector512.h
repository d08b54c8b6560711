/* Vectors of 512 bits for kernels/gemm_bf16_tile.h. */
#ifndef KERNELS_GEMM_BF16_VECTOR512_H
#define KERNELS_GEMM_BF16_VECTOR512_H

enum { WIDTH = 16 };
typedef __m512 Vector;

static inline Vector vector_load(const float *x)
{
    return _mm512_loadu_ps(x);
}

static inline void vector_store(float *x, Vector sums)
{
    _mm512_storeu_ps(x, sums);
}

static inline Vector vector_number(Vector sums)
{
    const __mmask16 none = _mm512_cmp_ps_mask(sums, sums, _CMP_UNORD_Q);
    return _mm512_mask_mov_ps(sums, none, _mm512_set1_ps(__builtin_nanf("")));
}

#endif
