/* Pairs of bfloat16, multiplied and added by one instruction (AVX512_BF16): two steps of a chain. */
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

enum { ROWS = 8, VECTORS = 2, WIDTH = 16, UNROLL = 1 };
typedef __m512 Vector;
typedef float Sum;
typedef uint32_t Slot; /* the first step's value above the second's */
#define WAY(product) gemm_bf16_avx512_bf16_##product
#include "kernels/gemm_bf16_vectors.h"
#include "kernels/gemm_micro.h"
#include "kernels/gemm_operand.h"

/* The even slot of a pair holds values 0 and 2 of four, the odd one 1 and 3. */
enum { FOUR = 4, SLOTS_OF_BLOCK = 16, VALUES = 2 };

/* Of so many values of k. */
static inline size_t slots_of(size_t K)
{
    return (K + FOUR - 1) / FOUR * 2;
}

static inline __m256i steps(__m256 first, __m256 second)
{
    const __m256i below = _mm256_srli_epi32(_mm256_castps_si256(second), 16);
    return _mm256_or_si256(_mm256_castps_si256(first), below);
}

static inline void pack_across(Slot *to, const Panel *panel, const Operand *operand)
{
    const size_t K = operand->K, lanes = operand->lanes, width = panel->width;
    for (size_t s = 0; s < slots_of(K); s++, to += width) {
        const size_t first = s / 2 * FOUR + s % 2, second = first + 2;
        const real *x = operand->x + first * operand->k_stride, *y = x + 2 * operand->k_stride;
        for (size_t i = 0; i < width; i += AT_ONCE) {
            const size_t n = from_on(lanes, i);
            const __m256i slots = steps(load_first_rounded(x + i, first < K ? n : 0),
                                        load_first_rounded(y + i, second < K ? n : 0));
            _mm256_storeu_si256((__m256i *)(to + i), slots);
        }
    }
}

static inline Floats slots_along(const real *x, size_t n)
{
    const __m256 low = load_first_rounded(x, n);
    const __m256 high = load_first_rounded(x + AT_ONCE, from_on(n, AT_ONCE));
    const __m256i slots =
        steps(_mm256_shuffle_ps(low, high, 0x44), _mm256_shuffle_ps(low, high, 0xEE));
    return _mm256_castsi256_ps(_mm256_permute4x64_epi64(slots, 0xD8)); /* those of low, of high */
}

#include "kernels/gemm_along.h"

static inline Vector slot_multiply(Vector sum, const Slot *a, const Slot *b)
{
    const __m512i left = _mm512_set1_epi32((int)*a), right = _mm512_loadu_si512(b);
    return _mm512_dpbf16_ps(sum, (__m512bh)left, (__m512bh)right);
}

#include "kernels/gemm_micro_chains.h"
#include "kernels/gemm_tile.h"
