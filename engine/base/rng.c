#include "base/rng.h"

#include "base/elementary.h"

#include <assert.h>
#include <math.h>

RngKey rng_key(uint64_t seed, RngPurpose purpose, uint64_t step)
{
    assert((uint32_t)purpose < 256 && step < (uint64_t)1 << 56);
    return (RngKey){
        .key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
        .counter = {0, 0, (uint32_t)step, (uint32_t)purpose | (uint32_t)(step >> 32) << 8},
    };
}

RngKey rng_key_site(RngKey key, uint32_t site)
{
    assert(site < (uint32_t)1 << 24);
    key.counter[1] = site << 8;
    return key;
}

static uint64_t join(uint32_t high, uint32_t low)
{
    return (uint64_t)high << 32 | low;
}

double rng_normal(RngKey key, uint64_t index)
{
    RngBlock block = rng_block(key, index);
    /* The radius takes (0,1], so that its logarithm is finite; 53 bits each. */
    double u = (double)((join(block.word[0], block.word[1]) >> 11) + 1) * 0x1p-53;
    double v = (double)(join(block.word[2], block.word[3]) >> 11) * 0x1p-53;
    double radius = sqrt(-2.0 * elementary_log64(u));
    return radius * elementary_cos64(6.283185307179586 * v);
}

uint64_t rng_below(RngKey key, uint64_t index, uint64_t n)
{
    assert(n >= 1);
    RngBlock block = rng_block(key, index);
    /* The high half of the 128-bit product scales 64 random bits to 0..n-1. */
    return (uint64_t)(((unsigned __int128)join(block.word[0], block.word[1]) * n) >> 64);
}

void rng_permutation(uint32_t *order, uint32_t n, RngKey key)
{
    for (uint32_t i = 0; i < n; i++) order[i] = i;
    for (uint32_t i = n; i > 1; i--) {
        uint32_t other = (uint32_t)rng_below(key, i - 1, i);
        uint32_t kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
}
