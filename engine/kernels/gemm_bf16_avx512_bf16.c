/* Pairs of bfloat16, multiplied and added by one instruction (AVX512_BF16). */
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,prefer-vector-width=512")
#include <immintrin.h>
#include <stdint.h>
#include "kernels/bf16.h"

enum { SLOTS = 1, WIDTH = 16, ROWS = 14, VECTORS = 2 };
typedef uint32_t Slot;
typedef __m512 Vector;
#define WAY gemm_bf16_avx512_bf16

static inline void slot_put(Slot *panel, size_t width, float even, float odd)
{
    (void)width;
    panel[0] = bf16_bits(odd) << 16 | bf16_bits(even);
}

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
    const __m512i left = _mm512_set1_epi32((int)*a), right = _mm512_loadu_si512(b);
    return _mm512_dpbf16_ps(sum, (__m512bh)left, (__m512bh)right);
}

#include "kernels/gemm_bf16_vector512.h"
#include "kernels/gemm_bf16_tile.h"
