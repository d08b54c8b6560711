/* A stream of random choices: consecutive numbers of one counter-based stream (base/rng.h). */
#ifndef DATA_STORYWORLD_DRAW_H
#define DATA_STORYWORLD_DRAW_H

#include <stdbool.h>
#include "base/rng.h"

typedef struct StoryDraws {
    RngKey key;
    uint64_t next;
} StoryDraws;

/* The stream of one story: `site` separates parts and splits, `number` the stories within. */
static inline StoryDraws storyworld_draw_stream(uint64_t seed, uint32_t site, uint64_t number)
{
    return (StoryDraws){.key = rng_key_site(rng_key(seed, RNG_WORLD, number), site)};
}

/* 0..n-1, n >= 1 */
static inline int storyworld_draw_below(StoryDraws *draws, int n)
{
    return (int)rng_below(draws->key, draws->next++, (uint64_t)n);
}

static inline bool storyworld_draw_chance(StoryDraws *draws, int percent)
{
    return storyworld_draw_below(draws, 100) < percent;
}

#endif
