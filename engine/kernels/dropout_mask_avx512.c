/* Eight blocks at once, in vectors of 512 bits (AVX512). */
#include <immintrin.h>
#include <stdint.h>

enum { BLOCKS = 8 };
typedef uint64_t Words __attribute__((vector_size(8 * BLOCKS)));
#define RUN dropout_mask_avx512_run

static inline Words multiply(Words words, uint32_t by)
{
    return (Words)_mm512_mul_epu32((__m512i)words, _mm512_set1_epi64(by));
}

static inline void interleave(void *to, Words first, Words second)
{
    const __m512i lower = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0);
    const __m512i upper = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
    _mm512_storeu_si512(to, _mm512_permutex2var_epi64((__m512i)first, lower, (__m512i)second));
    _mm512_storeu_si512((__m512i *)to + 1,
                        _mm512_permutex2var_epi64((__m512i)first, upper, (__m512i)second));
}

#include "kernels/dropout_mask_lanes.h"
