#include "question/experiment_cells.h"

#include <string.h>

#include "question/experiment_grid.h"

typedef struct Resolving {
    const ExperimentChain *chain;
    const ExperimentMerge *merge;
    const char *scale;
    ExperimentGrid grid, select;
    bool has_variants; /* false: the one that goes without saying */
} Resolving;

static const char *cell_name(const Resolving *resolving, const char *variant, size_t point)
{
    const ExperimentMerge *merge = resolving->merge;
    if (resolving->grid.n_axes == 0) return variant;
    const char *label = experiment_grid_label(&resolving->grid, point, merge->arena, merge->err);
    if (!label || !resolving->has_variants) return label;
    return arena_format(merge->arena, merge->err, "%s, %s", variant, label);
}

/* Reads settings; what is wrong with them is reported where the variant stands. */
static bool read_settings(const Resolving *resolving, void *settings, const Json *json,
                          const char *variant, const char *name)
{
    const ExperimentMerge *merge = resolving->merge;
    const SpecReader *reader = &resolving->chain->sources[0].reader;
    const char *path = "$";
    if (resolving->has_variants) {
        reader = experiment_chain_origin(resolving->chain, "variants", variant);
        path = spec_path_key(reader, "$.variants", variant);
    }
    return spec_read(settings, merge->table, json, reader, path) ||
           error_wrap(merge->err, "putting together '%s' at scale '%s'", name, resolving->scale);
}

static bool resolve_candidate(const Resolving *resolving, ExperimentCandidate *candidate,
                              const ExperimentCell *cell, const Json *cell_settings, size_t point)
{
    const ExperimentMerge *merge = resolving->merge;
    Json *chosen = json_new_object(merge->arena, merge->err);
    void *settings = arena_alloc(merge->arena, 1, merge->table->size, merge->err);
    candidate->label = experiment_grid_label(&resolving->select, point, merge->arena, merge->err);
    if (!chosen || !settings || !candidate->label) return false;
    Json *resolved =
        experiment_grid_settings(&resolving->select, merge, cell_settings, point, chosen);
    candidate->point = chosen;
    candidate->settings = settings;
    return resolved && (read_settings(resolving, settings, resolved, cell->variant, cell->name) ||
                        error_wrap(merge->err, "trying the candidate %s", candidate->label));
}

static bool resolve_candidates(const Resolving *resolving, ExperimentCell *cell,
                               const Json *cell_settings)
{
    const ExperimentMerge *merge = resolving->merge;
    if (resolving->select.n_axes == 0) return true;
    size_t n = resolving->select.n_points;
    ExperimentCandidate *candidates = arena_alloc(merge->arena, n, sizeof *candidates, merge->err);
    if (!candidates) return false;
    for (size_t point = 0; point < n; point++)
        if (!resolve_candidate(resolving, &candidates[point], cell, cell_settings, point))
            return false;
    cell->n_candidates = n;
    cell->candidates = candidates;
    return true;
}

/* Fills the rest of a cell that has its names. */
static bool resolve_cell(const Resolving *resolving, ExperimentCell *cell,
                         const Json *variant_settings, size_t point)
{
    const ExperimentMerge *merge = resolving->merge;
    Json *chosen = json_new_object(merge->arena, merge->err);
    void *settings = arena_alloc(merge->arena, 1, merge->table->size, merge->err);
    if (!chosen || !settings) return false;
    Json *resolved =
        experiment_grid_settings(&resolving->grid, merge, variant_settings, point, chosen);
    if (!resolved || !read_settings(resolving, settings, resolved, cell->variant, cell->name))
        return false;
    cell->point = chosen;
    cell->settings = settings;
    cell->json = spec_write(settings, merge->table, true, merge->arena, merge->err);
    return cell->json && resolve_candidates(resolving, cell, resolved);
}

static bool resolve_variant(const Resolving *resolving, ExperimentCell *cells, const Json *settings,
                            const Json *overrides)
{
    const ExperimentMerge *merge = resolving->merge;
    Json *variant_settings = overrides ? experiment_merge(merge, settings, overrides)
                                       : json_clone(settings, merge->arena, merge->err);
    if (!variant_settings) return false;
    for (size_t point = 0; point < resolving->grid.n_points; point++)
        if (!resolve_cell(resolving, &cells[point], variant_settings, point)) return false;
    return true;
}

static bool name_cells(const Resolving *resolving, ExperimentCell *cells, const char *variant)
{
    for (size_t point = 0; point < resolving->grid.n_points; point++) {
        cells[point].variant = variant;
        cells[point].name = cell_name(resolving, variant, point);
        if (!cells[point].name) return false;
    }
    return true;
}

static bool list_variants(Experiment *experiment, const Json *variants, Arena *arena, Error *err)
{
    size_t n = variants ? json_size(variants) : 0;
    const char **names = arena_alloc(arena, n + 1, sizeof *names, err);
    if (!names) return false;
    experiment->variants = (TextList){0, names};
    for (size_t i = 0; i < n; i++) {
        const char *name;
        Json *overrides;
        json_member(variants, i, &name, &overrides);
        if (json_type(overrides) != JSON_NULL_VALUE) names[experiment->variants.n++] = name;
    }
    return true;
}

/* How many points a cell may have: those of the grid times those of the selection. */
static bool check_size(const Resolving *resolving, size_t n_variants)
{
    const ExperimentChain *chain = resolving->chain;
    size_t n_cells = resolving->grid.n_points * n_variants;
    if (n_cells > EXPERIMENT_GRID_MOST)
        spec_error(experiment_chain_origin(chain, NULL, "grid"), "$.grid",
                   "more than %d variants and grid points", EXPERIMENT_GRID_MOST);
    else if (n_cells * resolving->select.n_points > EXPERIMENT_GRID_MOST)
        spec_error(experiment_chain_origin(chain, NULL, "select"), "$.select",
                   "more than %d variants, grid points and candidates", EXPERIMENT_GRID_MOST);
    else return true;
    return error_hint(resolving->merge->err, "fewer values: every combination is run");
}

static bool resolve_all(Experiment *experiment, const Resolving *resolving, const Json *settings,
                        const Json *variants)
{
    const ExperimentMerge *merge = resolving->merge;
    size_t n_points = resolving->grid.n_points;
    ExperimentCell *cells =
        arena_alloc(merge->arena, n_points * experiment->variants.n, sizeof *cells, merge->err);
    if (!cells) return false;
    int n_errors = merge->err->n_errors;
    for (size_t v = 0; v < experiment->variants.n; v++) {
        const char *variant = experiment->variants.text[v];
        const Json *overrides = resolving->has_variants ? json_get(variants, variant) : NULL;
        if (!name_cells(resolving, cells + v * n_points, variant)) return false;
        if (!resolve_variant(resolving, cells + v * n_points, settings, overrides) &&
            merge->err->kind != ERROR_USAGE)
            return false; /* what is wrong with one variant hides nothing of the others */
    }
    experiment->cells = cells;
    experiment->n_cells = n_points * experiment->variants.n;
    return merge->err->n_errors == n_errors;
}

bool experiment_cells_resolve(Experiment *experiment, const ExperimentChain *chain,
                              const ExperimentMerge *merge, const Json *settings,
                              const Json *document)
{
    Arena *arena = merge->arena;
    Error *err = merge->err;
    const Json *variants = json_get(document, "variants"), *grid = json_get(document, "grid");
    Resolving resolving = {chain, merge, experiment->scale, {0}, {0}, true};
    if (!list_variants(experiment, variants, arena, err) ||
        !experiment_grid_read(&resolving.grid, grid, arena, err) ||
        !experiment_grid_read(&resolving.select, experiment->select, arena, err))
        return false;
    resolving.has_variants = experiment->variants.n > 0;
    if (!resolving.has_variants) experiment->variants.text[experiment->variants.n++] = "default";
    return check_size(&resolving, experiment->variants.n) &&
           resolve_all(experiment, &resolving, settings, variants);
}

bool experiment_cells_names(TextList *names, const Experiment *experiment, Arena *arena, Error *err)
{
    size_t n = experiment->variants.n + experiment->n_cells;
    *names = (TextList){0, arena_alloc(arena, n, sizeof *names->text, err)};
    if (!names->text) return false;
    for (size_t i = 0; i < experiment->variants.n; i++)
        names->text[names->n++] = experiment->variants.text[i];
    for (size_t i = 0; i < experiment->n_cells; i++)
        if (strcmp(experiment->cells[i].name, experiment->cells[i].variant) != 0)
            names->text[names->n++] = experiment->cells[i].name;
    return true;
}

const ExperimentCell *experiment_cells_find(const Experiment *experiment, const char *name)
{
    for (size_t c = 0; c < experiment->n_cells; c++)
        if (!strcmp(experiment->cells[c].name, name)) return &experiment->cells[c];
    return NULL;
}
