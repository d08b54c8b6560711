/* One bfloat16 as a float after the other, in vectors of 256 bits: for every processor that runs us. */
#include <immintrin.h>
#include <stddef.h>

enum { WIDTH = 8, ROWS = 6, VECTORS = 2, UNROLL = 2 };
typedef __m256 Vector;
#define WAY(product) gemm_bf16_avx2_##product
#include "kernels/gemm_bf16_floats.h"

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
    return _mm256_fmadd_ps(_mm256_set1_ps(*a), _mm256_loadu_ps(b), sum);
}

#include "kernels/gemm_micro_chains.h"
#include "kernels/gemm_tile.h"
