#include "analysis/models.h"

#include <string.h>

/* Cells with the same architecture and settings share one timing, to the last digit. */
static bool same_rates(const NumbersProbe *a, const NumbersProbe *b)
{
    return a->points.n == b->points.n &&
           memcmp(a->points.items, b->points.items, a->points.n * sizeof(NumbersPoint)) == 0;
}

static void find_rates(Models *models, const Result *result)
{
    const TextList *cells = &result->numbers->cells;
    const SpecList *probes = &result->findings.timings.probes;
    const NumbersProbe *probe = probes->items;
    for (size_t i = 0; i < probes->n; i++) {
        size_t k = 0;
        while (!same_rates(&probe[k], &probe[i])) k++;
        int cell = spec_list_find(cells, probe[i].cell);
        if (cell >= 0) models->first[cell] = spec_list_find(cells, probe[k].cell);
    }
}

bool models_find(Models *models, const Result *result, bool by_rate, Error *err)
{
    const size_t n_cells = result->numbers->cells.n;
    models->first = arena_alloc(result->arena, n_cells, sizeof(int), err);
    if (!models->first) return false;
    for (size_t c = 0; c < n_cells; c++)
        models->first[c] = by_rate ? -1 : numbers_first_cell(result->numbers, (int)c);
    if (by_rate) find_rates(models, result);
    return true;
}

/* Whether all cells of a cell's variant share its model. */
static bool is_whole_variant(const Models *models, const Experiment *experiment, int cell)
{
    for (size_t c = 0; c < experiment->n_cells; c++)
        if (!strcmp(experiment->cells[c].variant, experiment->cells[cell].variant) &&
            models->first[c] != models->first[cell])
            return false;
    return true;
}

char *models_name(const Models *models, const Result *result, int first, Error *err)
{
    enum { MOST_NAMES = 2 };
    const Experiment *experiment = result->experiment;
    const ExperimentCell *cells = experiment->cells;
    Buffer names = buffer_create(result->arena);
    int n = 0;
    for (int c = first; c < (int)experiment->n_cells; c++) {
        if (models->first[c] != first) continue;
        bool whole = is_whole_variant(models, experiment, c);
        if (whole && c > first && !strcmp(cells[c].variant, cells[c - 1].variant)) continue;
        n++;
        if (n <= MOST_NAMES && !buffer_format(&names, err, "%s%s", n > 1 ? ", " : "",
                                              whole ? cells[c].variant : cells[c].name))
            return NULL;
    }
    if (n > MOST_NAMES && !buffer_format(&names, err, " and %d more", n - MOST_NAMES)) return NULL;
    return names.data;
}

int models_cell(const Models *models, const Result *result, const char *cell)
{
    int c = spec_list_find(&result->numbers->cells, cell);
    return c >= 0 && models->first[c] == c ? c : -1;
}
