#include "data/dataset/dataset_facets.h"

static bool collect(Facet *facet, size_t f, const Examples *examples, Arena *arena, Error *err)
{
    facet->of = arena_alloc(arena, examples->n, sizeof *facet->of, err);
    facet->values.text = arena_alloc(arena, examples->n, sizeof *facet->values.text, err);
    if (!facet->of || !facet->values.text) return false;
    for (size_t e = 0; e < examples->n; e++)
        facet->of[e] = spec_list_place(&facet->values, examples->items[e].facet[f]);
    return true;
}

bool dataset_facets_collect(Facets *facets, const TextList *names, const Examples *examples,
                            Arena *arena, Error *err)
{
    *facets = (Facets){names->n, arena_alloc(arena, names->n, sizeof *facets->items, err)};
    if (!facets->items) return false;
    for (size_t f = 0; f < names->n; f++) {
        facets->items[f] = (Facet){.name = names->text[f]};
        if (!collect(&facets->items[f], f, examples, arena, err)) return false;
    }
    return true;
}

bool dataset_facets_fill(Facet *facet, const double *of, size_t n, Error *err)
{
    for (size_t e = 0; e < n; e++) {
        if (!(of[e] >= 0 && of[e] < (double)facet->values.n))
            return error_set(err, "facet '%s': %g is none of its %zu values", facet->name, of[e],
                             facet->values.n);
        facet->of[e] = (int)of[e];
    }
    return true;
}

FacetCount dataset_facets_count(const Facet *facet, int value, const double *right, int n)
{
    FacetCount count = {0};
    for (int e = 0; e < n; e++) {
        if (facet->of[e] != value) continue;
        count.n++;
        count.right += right[e] == 1;
    }
    return count;
}
