/* The random numbers of a bootstrap draw, which all kinds of draws share. */
#ifndef STATISTICS_BOOTSTRAP_DRAW_H
#define STATISTICS_BOOTSTRAP_DRAW_H

#include "base/rng.h"

enum { BOOTSTRAP_SEED = 2018 };

static inline RngKey bootstrap_draw_key(size_t draw, unsigned site)
{
    return rng_key_site(rng_key(BOOTSTRAP_SEED, RNG_BOOTSTRAP, draw), site);
}

/* As many units as there are, with repetition: chosen [n]. They take the first n random numbers. */
static inline void bootstrap_draw_units(uint32_t *chosen, int n, size_t draw, unsigned site)
{
    RngKey key = bootstrap_draw_key(draw, site);
    for (int i = 0; i < n; i++) chosen[i] = (uint32_t)rng_below(key, (uint64_t)i, (uint64_t)n);
}

#endif
