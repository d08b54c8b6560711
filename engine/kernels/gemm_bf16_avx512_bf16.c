/* Pairs of bfloat16, multiplied and added by one instruction (AVX512_BF16). */
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include "kernels/gemm_bf16_vectors.h"

enum { SLOTS = 1, WIDTH = 16, ROWS = 8, VECTORS = 2 };
typedef __m512 Vector;
typedef uint32_t Slot; /* the odd value above the even one */
#define WAY(product) gemm_bf16_avx512_bf16_##product

static inline void slots_across(Slot *panel, size_t width, __m256 even, __m256 odd)
{
    (void)width;
    const __m256i below = _mm256_srli_epi32(_mm256_castps_si256(even), 16);
    _mm256_storeu_si256((__m256i *)panel, _mm256_or_si256(_mm256_castps_si256(odd), below));
}

static inline __m256 slots_along(const real *x, size_t n)
{
    const __m256 low = load_first_rounded(x, n);
    const __m256 high = load_first_rounded(x + AT_ONCE, n > AT_ONCE ? n - AT_ONCE : 0);
    const __m256i even = _mm256_castps_si256(_mm256_shuffle_ps(low, high, 0x88));
    const __m256i odd = _mm256_castps_si256(_mm256_shuffle_ps(low, high, 0xDD));
    const __m256i pairs = _mm256_or_si256(odd, _mm256_srli_epi32(even, 16));
    return _mm256_castsi256_ps(_mm256_permute4x64_epi64(pairs, 0xD8)); /* those of low, of high */
}

#include "kernels/gemm_bf16_pack.h"

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
    const __m512i left = _mm512_set1_epi32((int)*a), right = _mm512_loadu_si512(b);
    return _mm512_dpbf16_ps(sum, (__m512bh)left, (__m512bh)right);
}

#include "kernels/gemm_tile.h"
