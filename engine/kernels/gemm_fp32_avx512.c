/* Vectors of 512 bits (AVX512). */
#include <immintrin.h>
#include "base/real.h"

enum { ROWS = 8, VECTORS = 2, WIDTH = 64 / sizeof(real), UNROLL = 1 };
typedef real Vector __attribute__((vector_size(64)));
#define WAY(product) gemm_fp32_avx512_##product
#include "kernels/gemm_fp32_pack.h"

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
#ifdef REPRISE_DOUBLE
    return _mm512_fmadd_pd(_mm512_set1_pd(*a), _mm512_loadu_pd(b), sum);
#else
    return _mm512_fmadd_ps(_mm512_set1_ps(*a), _mm512_loadu_ps(b), sum);
#endif
}

#include "kernels/gemm_micro_sums.h"
#include "kernels/gemm_tile.h"
