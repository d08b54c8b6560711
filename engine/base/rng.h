/* Random numbers as a pure function: Philox 4x32-10 (Salmon et al. 2011). There is no generator state.
 *
 * A key names a stream: run seed, purpose and step (and, within a step, a site such as one dropout
 * layer). An index names a number within the stream. The same (key, index) gives the same number on
 * every machine and for any number of threads.
 *
 *     real u = rng_uniform(rng_key(seed, RNG_DROPOUT, step), index);
 *
 * A stream is used for one kind of draw: rng_u32 and rng_uniform share their numbers, rng_normal and
 * rng_below take a whole block for each number.
 *
 * Layout  Philox key  = { seed low 32, seed high 32 }
 *         counter[0]  = block low 32
 *         counter[1]  = block high 8 | site << 8          (site < 2^24)
 *         counter[2]  = step low 32
 *         counter[3]  = purpose | step high 24 << 8       (purpose < 2^8, step < 2^56)
 *         A block gives four words. rng_u32 lays 8 blocks side by side, so that 8 lanes of a vector
 *         processor make 32 consecutive numbers without any shuffling:
 *         number `index` is word (index / 8 mod 4) of block (index / 32 * 8 + index mod 8). */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdint.h>
#include <string.h>
#include "base/real.h"

/* Numbers are never reused or changed, so a new consumer never shifts another's draws. */
typedef enum RngPurpose {
    RNG_INIT = 1,         /* initial weights; site: tensor */
    RNG_DROPOUT = 2,      /* dropout masks; site: layer and place */
    RNG_ORDER = 3,        /* order of training examples; step: epoch */
    RNG_SAMPLE = 4,       /* text generation */
    RNG_BOOTSTRAP = 5,    /* resampling for intervals */
    RNG_WORLD = 6,        /* the storyworld generator */
    RNG_SUBSET = 7,       /* which examples a smaller training set keeps */
    RNG_HEAD_DROPOUT = 8, /* classifier dropout; site: example of the micro-batch */
    RNG_PERMUTATION = 9,  /* which predictions a permutation test swaps; step: swap */
    RNG_MASK = 10,        /* tokens hidden from a masked language model; site: draw; step: window */
    RNG_HELD_OUT_MASK = 11, /* the same of held-out text */
    RNG_PAIR = 12, /* where windows become pairs of texts, and of which; site: draw; step: window */
    RNG_TEST = 255,
} RngPurpose;

typedef struct RngKey {
    uint32_t key[2];
    uint32_t counter[4]; /* of block 0 */
} RngKey;
typedef struct RngBlock {
    uint32_t word[4];
} RngBlock;

RngKey rng_key(uint64_t seed, RngPurpose purpose, uint64_t step);
RngKey rng_key_site(RngKey key, uint32_t site); /* the stream of one site, site < 2^24 */

static inline RngBlock rng_block(RngKey key, uint64_t block); /* block < 2^40 */
static inline uint32_t rng_u32(RngKey key, uint64_t index);   /* index < 2^40 */
static inline real rng_uniform(RngKey key, uint64_t index);   /* [0,1), 24 bits */
double rng_normal(RngKey key, uint64_t index); /* N(0,1), Box-Muller on own log and cos */
uint64_t rng_below(RngKey key, uint64_t index,
                   uint64_t n); /* 0..n-1, n >= 1, bias below n / 2^64 */

/* A random permutation of 0..n-1 (Fisher-Yates from the end). */
void rng_permutation(uint32_t *order, uint32_t n, RngKey key);

/* Numbers 32*group .. 32*group+31 of rng_u32, eight times as fast as one by one. */
enum { RNG_GROUP = 32 };
static inline void rng_u32_group(uint32_t numbers[RNG_GROUP], RngKey key, uint64_t group);

/* --- inline, because dropout draws a number for every activation ------------------------------- */

/* Salmon et al., section 4.3 and table 2 */
enum { RNG_ROUNDS = 10 };
static const uint64_t RNG_MULTIPLIER_0 = 0xD2511F53, RNG_MULTIPLIER_1 = 0xCD9E8D57;
static const uint32_t RNG_WEYL_0 = 0x9E3779B9, RNG_WEYL_1 = 0xBB67AE85;

/* The raw function, tested with the published known answers. */
static inline RngBlock rng_philox(const uint32_t counter[4], const uint32_t key[2])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < RNG_ROUNDS; round++, k0 += RNG_WEYL_0, k1 += RNG_WEYL_1) {
        uint64_t product0 = RNG_MULTIPLIER_0 * c0, product1 = RNG_MULTIPLIER_1 * c2;
        c0 = (uint32_t)(product1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)product1;
        c2 = (uint32_t)(product0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)product0;
    }
    return (RngBlock){{c0, c1, c2, c3}};
}

static inline RngBlock rng_block(RngKey key, uint64_t block)
{
    uint32_t counter[4] = {(uint32_t)block, key.counter[1] | (uint32_t)(block >> 32),
                           key.counter[2], key.counter[3]};
    return rng_philox(counter, key.key);
}

static inline uint32_t rng_u32(RngKey key, uint64_t index)
{
    return rng_block(key, (index / 32 << 3) + index % 8).word[index / 8 % 4];
}

static inline real rng_uniform(RngKey key, uint64_t index)
{
    return (real)(rng_u32(key, index) >> 8) * (real)0x1p-24;
}

/* The rounds of rng_philox for 8 blocks at once, in loops that gcc turns into vector instructions. */
static inline void rng_u32_group(uint32_t numbers[RNG_GROUP], RngKey key, uint64_t group)
{
    enum { LANES = 8 };
    uint32_t c0[LANES], c1[LANES], c2[LANES], c3[LANES], k0 = key.key[0], k1 = key.key[1];
    for (int i = 0; i < LANES; i++) {
        uint64_t block = group * LANES + (uint64_t)i;
        c0[i] = (uint32_t)block;
        c1[i] = key.counter[1] | (uint32_t)(block >> 32);
        c2[i] = key.counter[2];
        c3[i] = key.counter[3];
    }
    for (int round = 0; round < RNG_ROUNDS; round++, k0 += RNG_WEYL_0, k1 += RNG_WEYL_1) {
        uint32_t high0[LANES], high1[LANES];
        for (int i = 0; i < LANES; i++) {
            high0[i] = (uint32_t)(RNG_MULTIPLIER_0 * c0[i] >> 32);
            high1[i] = (uint32_t)(RNG_MULTIPLIER_1 * c2[i] >> 32);
        }
        for (int i = 0; i < LANES; i++) {
            uint32_t low0 = (uint32_t)RNG_MULTIPLIER_0 * c0[i],
                     low1 = (uint32_t)RNG_MULTIPLIER_1 * c2[i];
            c0[i] = high1[i] ^ c1[i] ^ k0;
            c1[i] = low1;
            c2[i] = high0[i] ^ c3[i] ^ k1;
            c3[i] = low0;
        }
    }
    memcpy(&numbers[0], c0, sizeof c0);
    memcpy(&numbers[LANES], c1, sizeof c1);
    memcpy(&numbers[(size_t)2 * LANES], c2, sizeof c2);
    memcpy(&numbers[(size_t)3 * LANES], c3, sizeof c3);
}

#endif
