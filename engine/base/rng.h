/* Random numbers as a pure function: Philox 4x32-10 (Salmon et al. 2011). There is no generator state.
 *
 * A key names a stream: run seed, purpose and step (and, within a step, a site such as one dropout
 * layer). An index names a number within the stream. The same (key, index) gives the same number on
 * every machine and for any number of threads.
 *
 *     real u = rng_uniform(rng_key(seed, RNG_DROPOUT, step), index);
 *
 * Layout  Philox key = seed (64 bits); counter = { index low, index high ^ (site << 8 | purpose),
 *         step low, step high }, with index < 2^32 * 2^... as long as index high stays below 2^8 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdint.h>
#include "base/real.h"

/* Numbers are never reused or changed, so a new consumer never shifts another's draws. */
typedef enum RngPurpose {
    RNG_INIT = 1,          /* initial weights; site: tensor */
    RNG_DROPOUT = 2,       /* dropout masks; site: layer and place */
    RNG_ORDER = 3,         /* order of training examples; step: epoch */
    RNG_SAMPLE = 4,        /* text generation */
    RNG_BOOTSTRAP = 5,     /* resampling for intervals */
    RNG_WORLD = 6,         /* the storyworld generator */
    RNG_SUBSET = 7,        /* which examples a smaller training set keeps */
    RNG_TEST = 255,
} RngPurpose;

typedef struct RngKey {
    uint32_t key[2];
    uint32_t counter[4]; /* counter[0] and the low byte range of counter[1] are filled by the index */
} RngKey;
typedef struct RngBlock { uint32_t word[4]; } RngBlock;

RngKey rng_key(uint64_t seed, RngPurpose purpose, uint64_t step);
RngKey rng_key_site(RngKey key, uint32_t site); /* the stream of one site, site < 2^24 */

/* The raw function, tested with the published known answers. */
RngBlock rng_philox(const uint32_t counter[4], const uint32_t key[2]);

uint32_t rng_u32(RngKey key, uint64_t index);               /* index < 2^40 */
real rng_uniform(RngKey key, uint64_t index);               /* [0,1), 24 bits */
double rng_normal(RngKey key, uint64_t index);              /* N(0,1), Box-Muller on own log and cos */
uint64_t rng_below(RngKey key, uint64_t index, uint64_t n); /* 0..n-1, n >= 1, bias below 2^-32 */

/* A random permutation of 0..n-1 (Fisher-Yates from the end). */
void rng_permutation(uint32_t *order, uint32_t n, RngKey key);

#endif
