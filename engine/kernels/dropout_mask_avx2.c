/* Four blocks at once, in vectors of 256 bits: for every processor that runs us. */
#include <immintrin.h>
#include <stdint.h>

enum { BLOCKS = 4 };
typedef uint64_t Words __attribute__((vector_size(8 * BLOCKS)));
#define RUN dropout_mask_avx2_run

static inline Words multiply(Words words, uint32_t by)
{
    return (Words)_mm256_mul_epu32((__m256i)words, _mm256_set1_epi64x(by));
}

static inline void interleave(void *to, Words first, Words second)
{
    const __m256i even = _mm256_unpacklo_epi64((__m256i)first, (__m256i)second);
    const __m256i odd = _mm256_unpackhi_epi64((__m256i)first, (__m256i)second);
    _mm256_storeu_si256(to, _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256((__m256i *)to + 1, _mm256_permute2x128_si256(even, odd, 0x31));
}

#include "kernels/dropout_mask_lanes.h"
