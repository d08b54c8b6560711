#include "result/evidence_facets.h"

#include "result/values.h"

typedef struct FacetFields {
    const char *name;
    TextList values;
    int64_t n_runs;
    const char *runs; /* the number of a value and how many units have it, and so on */
} FacetFields;

static const SpecField facet_fields[] = {
    SPEC_TEXT_REQUIRED(FacetFields, name, "what units are counted by"),
    SPEC_TEXTS(FacetFields, values, "that they have"),
    SPEC_INT(FacetFields, n_runs, SPEC_REQUIRED, 0, 1e9, "of units with the same value"),
    SPEC_TEXT_REQUIRED(FacetFields, runs, "number of the value, and how many units have it"),
    SPEC_END,
};
const SpecTable evidence_facets_table = {"facet", sizeof(FacetFields), facet_fields, NULL};

static bool write_runs(FacetFields *fields, const Facet *facet, int n_units, Arena *arena,
                       Error *err)
{
    double *run = arena_alloc(arena, 2 * (size_t)n_units, sizeof *run, err);
    size_t n = 0;
    for (int u = 0; run && u < n_units; u++) {
        if (n == 0 || run[2 * n - 2] != facet->of[u]) run[2 * n++] = facet->of[u];
        run[2 * n - 1]++;
    }
    fields->n_runs = (int64_t)n;
    fields->runs = run ? values_write(run, 2 * n, arena, err) : NULL;
    return fields->runs != NULL;
}

bool evidence_facets_write(SpecList *list, const Facets *facets, int n_units, Arena *arena,
                           Error *err)
{
    FacetFields *fields = arena_alloc(arena, facets->n, sizeof *fields, err);
    *list = (SpecList){facets->n, fields};
    for (size_t f = 0; fields && f < facets->n; f++) {
        const Facet *facet = &facets->items[f];
        fields[f] = (FacetFields){.name = facet->name, .values = facet->values};
        if (!write_runs(&fields[f], facet, n_units, arena, err)) return false;
    }
    return fields != NULL;
}

/* Every unit has a value. */
static bool read_runs(Facet *facet, const FacetFields *fields, int n_units, Arena *arena,
                      Error *err)
{
    const double *run = values_read(fields->runs, 2 * (size_t)fields->n_runs, arena, err);
    double *of = arena_alloc(arena, (size_t)n_units, sizeof *of, err);
    int n = 0;
    if (!run || !of) return false;
    for (int64_t r = 0; r < fields->n_runs; r++) {
        if (!(run[2 * r + 1] >= 1 && run[2 * r + 1] <= n_units - n))
            return error_set(err, "runs of another number of units than there are, %d", n_units);
        for (int k = 0; k < (int)run[2 * r + 1]; k++) of[n++] = run[2 * r];
    }
    if (n != n_units) return error_set(err, "runs of %d units, not of %d", n, n_units);
    return dataset_facets_fill(facet, of, (size_t)n_units, err);
}

bool evidence_facets_read(Facets *facets, const SpecList *list, int n_units,
                          const SpecReader *reader, const char *path)
{
    const FacetFields *fields = list->items;
    *facets = (Facets){list->n, arena_alloc(reader->arena, list->n, sizeof(Facet), reader->err)};
    if (!facets->items) return false;
    for (size_t f = 0; f < list->n; f++) {
        Facet *facet = &facets->items[f];
        Error one = {0};
        *facet = (Facet){fields[f].name, fields[f].values,
                         arena_alloc(reader->arena, (size_t)n_units, sizeof(int), reader->err)};
        if (!facet->of) return false;
        if (!read_runs(facet, &fields[f], n_units, reader->arena, &one))
            return spec_error(reader,
                              spec_path_item(reader, spec_path_key(reader, path, "facets"), f),
                              "%s", one.text);
    }
    return true;
}
