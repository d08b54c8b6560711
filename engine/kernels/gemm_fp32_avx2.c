/* Vectors of 256 bits: for every processor that runs us. */
#include <immintrin.h>
#include "base/real.h"

enum { ROWS = 6, VECTORS = 2, WIDTH = 32 / sizeof(real), UNROLL = 2 };
typedef real Vector __attribute__((vector_size(32)));
#define WAY(product) gemm_fp32_avx2_##product
#include "kernels/gemm_fp32_pack.h"

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
#ifdef REPRISE_DOUBLE
    return _mm256_fmadd_pd(_mm256_set1_pd(*a), _mm256_loadu_pd(b), sum);
#else
    return _mm256_fmadd_ps(_mm256_set1_ps(*a), _mm256_loadu_ps(b), sum);
#endif
}

#include "kernels/gemm_micro_sums.h"
#include "kernels/gemm_tile.h"
