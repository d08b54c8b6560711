/* One bfloat16 as a float after the other, in vectors of 512 bits (AVX512). */
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,prefer-vector-width=512")
#include <immintrin.h>
#include "kernels/bf16.h"

enum { SLOTS = 2, WIDTH = 16, ROWS = 14, VECTORS = 2 };
typedef float Slot;
typedef __m512 Vector;
#define WAY gemm_bf16_avx512

static inline void slot_put(Slot *panel, size_t width, float even, float odd)
{
    panel[0] = bf16_round(odd);
    panel[width] = bf16_round(even);
}

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
    return _mm512_fmadd_ps(_mm512_set1_ps(*a), _mm512_loadu_ps(b), sum);
}

#include "kernels/gemm_bf16_vector512.h"
#include "kernels/gemm_bf16_tile.h"
