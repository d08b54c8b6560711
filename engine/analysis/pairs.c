#include "analysis/pairs.h"

#include <string.h>

#include "question/experiment_cells.h"

/* A cell has its own name and its variant's; a variant of a grid names several cells. */
static bool is_named(const ExperimentCell *cell, const char *name)
{
    return !strcmp(cell->name, name) || !strcmp(cell->variant, name);
}

static void add_pairs(Pairs *pairs, const Experiment *experiment, size_t b, const char *worse,
                      bool any_point)
{
    const ExperimentCell *cells = experiment->cells;
    for (size_t w = 0; w < experiment->n_cells; w++)
        if (is_named(&cells[w], worse) && (any_point || json_same(cells[b].point, cells[w].point)))
            pairs->items[pairs->n++] = (Pair){b, w};
}

bool pairs_list(Pairs *pairs, const Experiment *experiment, const char *better, const char *worse,
                Arena *arena, Error *err)
{
    size_t n = experiment->n_cells;
    *pairs = (Pairs){.items = arena_alloc(arena, n * n, sizeof(Pair), err)};
    if (!pairs->items) return false;
    bool any_point = experiment_cells_find(experiment, better) ||
                     (worse && experiment_cells_find(experiment, worse));
    for (size_t b = 0; b < n; b++) {
        if (!is_named(&experiment->cells[b], better)) continue;
        if (worse) add_pairs(pairs, experiment, b, worse, any_point);
        else pairs->items[pairs->n++] = (Pair){b, PAIRS_NONE};
    }
    return true;
}
