/* A DropoutMaskRun, written once. The source that includes it defines
 *
 *   RUN          its name
 *   Words        a vector of BLOCKS uint64_t
 *   multiply     the product of their low halves with a constant
 *   interleave   stores pairs of them: first[0], second[0], first[1], ... */
#include <stddef.h>
#include <stdint.h>
#include "kernels/dropout_mask_run.h"

enum { ROUNDS = 10, DRAWS = 8 * BLOCKS }; /* half-words of Philox blocks */

_Static_assert(DROPOUT_MASK_STEP % DRAWS == 0, "a step is whole draws");

static inline Words splat(uint64_t x)
{
    return (Words){0} + x;
}

static inline Words indices(uint64_t block)
{
    Words words;
    for (size_t b = 0; b < BLOCKS; b++) words[b] = block + b;
    return words;
}

/* Philox 4x32-10 (Salmon et al. 2011) of consecutive blocks. Each word of the state sits in the low half of a
 * 64-bit lane, where the 32 x 32 -> 64 bit multiplication reads it; what is left in the high halves is never
 * looked at. Writes the 8 half-words of each block in order. */
static inline void draw_blocks(uint16_t draw[DRAWS], RngKey key, uint64_t block)
{
    const uint64_t low = 0xFFFFFFFF;
    Words word0 = indices(block), word1 = (word0 >> 32) ^ splat(key.counter[1]);
    Words word2 = splat(key.counter[2]), word3 = splat(key.counter[3]);
    uint32_t key0 = key.key[0], key1 = key.key[1];
    for (int round = 0; round < ROUNDS; round++) {
        const Words product0 = multiply(word0, 0xD2511F53), product1 = multiply(word2, 0xCD9E8D57);
        word0 = (product1 >> 32) ^ word1 ^ splat(key0);
        word2 = (product0 >> 32) ^ word3 ^ splat(key1);
        word1 = product1;
        word3 = product0;
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
    interleave(draw, (word0 & low) | word1 << 32, (word2 & low) | word3 << 32);
}

void RUN(real *factor, const DropoutMaskSetting *setting, size_t first, size_t n)
{
    const uint32_t threshold = setting->threshold;
    const real scale = setting->scale;
    for (size_t i = 0; i < n; i += DRAWS) {
        uint16_t draw[DRAWS];
        draw_blocks(draw, setting->key, (first + i) / 8);
        for (size_t j = 0; j < DRAWS; j++) factor[i + j] = draw[j] < threshold ? 0 : scale;
    }
}
