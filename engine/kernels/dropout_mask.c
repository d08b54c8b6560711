#include "kernels/dropout_mask.h"
#include <immintrin.h>
#include <math.h>

static uint32_t dropout_mask_threshold(double rate)
{
    return (uint32_t)floor(rate * 65536 + 0.5);
}

real dropout_mask_scale(double rate)
{
    return (real)(1 / (1 - dropout_mask_threshold(rate) / 65536.0));
}

real dropout_mask_factor(double rate, RngKey key, size_t i)
{
    uint32_t word = rng_block(key, i / 8).word[i % 8 / 2];
    uint32_t draw = i % 2 ? word >> 16 : word & 0xffff;
    return draw < dropout_mask_threshold(rate) ? 0 : dropout_mask_scale(rate);
}

enum { BLOCKS = 4, ROUNDS = 10 }; /* Philox blocks side by side, one in each 64-bit lane */

/* Philox 4x32-10 (Salmon et al. 2011) of four consecutive blocks. Each word of the state sits in the low
 * half of a 64-bit lane, where the 32 x 32 -> 64 bit multiplication reads it; what is left in the high
 * halves is never looked at. Writes the 8 half-words of each block in order. */
static inline void dropout_draw(uint16_t draw[DROPOUT_MASK_STEP], RngKey key, uint64_t block)
{
    const __m256i multiplier0 = _mm256_set1_epi64x(0xD2511F53),
                  multiplier1 = _mm256_set1_epi64x(0xCD9E8D57);
    const __m256i index =
        _mm256_add_epi64(_mm256_set1_epi64x((long long)block), _mm256_set_epi64x(3, 2, 1, 0));
    __m256i word0 = index;
    __m256i word1 =
        _mm256_xor_si256(_mm256_srli_epi64(index, 32), _mm256_set1_epi64x(key.counter[1]));
    __m256i word2 = _mm256_set1_epi64x(key.counter[2]), word3 = _mm256_set1_epi64x(key.counter[3]);
    uint32_t key0 = key.key[0], key1 = key.key[1];
    for (int round = 0; round < ROUNDS; round++) {
        __m256i product0 = _mm256_mul_epu32(word0, multiplier0);
        __m256i product1 = _mm256_mul_epu32(word2, multiplier1);
        word0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), word1),
                                 _mm256_set1_epi64x(key0));
        word2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), word3),
                                 _mm256_set1_epi64x(key1));
        word1 = product1;
        word3 = product0;
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
    enum { ODD_WORDS = 0xAA };
    __m256i first = _mm256_blend_epi32(word0, _mm256_slli_epi64(word1, 32), ODD_WORDS);
    __m256i second = _mm256_blend_epi32(word2, _mm256_slli_epi64(word3, 32), ODD_WORDS);
    __m256i even = _mm256_unpacklo_epi64(first, second), odd = _mm256_unpackhi_epi64(first, second);
    _mm256_storeu_si256((__m256i *)draw, _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256((__m256i *)(draw + 16), _mm256_permute2x128_si256(even, odd, 0x31));
}

void dropout_mask(real *factor, double rate, RngKey key, size_t first, size_t n)
{
    const uint32_t threshold = dropout_mask_threshold(rate);
    const real scale = dropout_mask_scale(rate);
    for (size_t i = 0; i < n; i += DROPOUT_MASK_STEP) {
        uint16_t draw[DROPOUT_MASK_STEP];
        dropout_draw(draw, key, (first + i) / 8);
        for (size_t j = 0; j < DROPOUT_MASK_STEP; j++)
            factor[i + j] = draw[j] < threshold ? 0 : scale;
    }
}
