/* Bootstrap over units of one level: documents, repeated timings. */
#include "statistics/bootstrap.h"

#include <string.h>

#include "base/parallel.h"
#include "statistics/bootstrap_draw.h"

enum { CHUNK = 16 };

typedef struct RatioWork {
    const BootstrapRatios *ratios;
    double *draws;
    uint32_t *chosen; /* [threads][n_units] */
} RatioWork;

static double ratio_of(const BootstrapRatios *ratios, size_t r, const uint32_t *chosen)
{
    double unit = 0, weight = 0;
    for (int i = 0; i < ratios->n_units; i++) {
        unit += ratios->unit[r][chosen[i]];
        weight += ratios->weight[r][chosen[i]];
    }
    return weight > 0 ? unit / weight : ratios->value[r];
}

static void draw_ratios(void *context, size_t begin, size_t end, int thread)
{
    const RatioWork *work = context;
    const BootstrapRatios *ratios = work->ratios;
    uint32_t *chosen = work->chosen + (size_t)thread * (size_t)ratios->n_units;
    for (size_t draw = begin; draw < end; draw++) {
        bootstrap_draw_units(chosen, ratios->n_units, draw, ratios->site);
        for (size_t r = 0; r < (size_t)ratios->n_ratios; r++)
            work->draws[r * STATISTICS_DRAWS + draw] = ratio_of(ratios, r, chosen);
    }
}

bool bootstrap_ratios(double *draws, const BootstrapRatios *ratios, Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    size_t n = (size_t)parallel_threads() * (size_t)ratios->n_units;
    RatioWork work = {ratios, draws, arena_alloc(scratch, n, sizeof(uint32_t), err)};
    if (!work.chosen) return false;
    parallel_may_stop();
    parallel_for(STATISTICS_DRAWS, CHUNK, draw_ratios, &work);
    arena_reset(scratch, mark);
    return parallel_whole(err);
}

bool bootstrap_medians(double *draws, const double *value, int n, unsigned site, Arena *scratch,
                       Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    uint32_t *chosen = arena_alloc(scratch, (size_t)n, sizeof *chosen, err);
    double *drawn = arena_alloc(scratch, (size_t)n, sizeof *drawn, err);
    if (!chosen || !drawn) return false;
    for (size_t draw = 0; draw < STATISTICS_DRAWS; draw++) {
        bootstrap_draw_units(chosen, n, draw, site);
        for (int i = 0; i < n; i++) drawn[i] = value[chosen[i]];
        draws[draw] = statistics_median(drawn, (size_t)n);
    }
    arena_reset(scratch, mark);
    return true;
}
