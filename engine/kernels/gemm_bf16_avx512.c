/* One bfloat16 as a float after the other, in vectors of 512 bits (AVX512). */
#include <immintrin.h>
#include <stddef.h>

enum { WIDTH = 16, ROWS = 8, VECTORS = 2, UNROLL = 1 };
typedef __m512 Vector;
#define WAY(product) gemm_bf16_avx512_##product
#include "kernels/gemm_bf16_floats.h"

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
    return _mm512_fmadd_ps(_mm512_set1_ps(*a), _mm512_loadu_ps(b), sum);
}

#include "kernels/gemm_micro_chains.h"
#include "kernels/gemm_tile.h"
