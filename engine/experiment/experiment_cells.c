#include "experiment/experiment_cells.h"

#include <string.h>

enum { MOST_CELLS = 10000 };

typedef struct Axis {
    const char *path; /* "finetune.transfer_layers" */
    const char
        *label; /* "transfer_layers": its last name, or all of it where two would be the same */
    const Json *values;
} Axis;

typedef struct Grid {
    size_t n_axes;
    Axis *axes;
    size_t n_points;
} Grid;

typedef struct Resolving {
    const ExperimentChain *chain;
    const ExperimentMerge *merge;
    const char *scale;
    Grid grid;
    bool has_variants; /* false: the one that goes without saying */
} Resolving;

static const char *last_name(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

static void label_axes(Grid *grid)
{
    for (size_t i = 0; i < grid->n_axes; i++) {
        bool alone = true;
        for (size_t k = 0; k < grid->n_axes; k++)
            if (k != i && strcmp(last_name(grid->axes[i].path), last_name(grid->axes[k].path)) == 0)
                alone = false;
        grid->axes[i].label = alone ? last_name(grid->axes[i].path) : grid->axes[i].path;
    }
}

static bool read_grid(Grid *grid, const Json *json, Arena *arena, Error *err)
{
    size_t n = json ? json_size(json) : 0;
    *grid = (Grid){0, arena_alloc(arena, n, sizeof *grid->axes, err), 1};
    if (!grid->axes) return false;
    for (size_t i = 0; i < n; i++) {
        const char *path;
        Json *values;
        json_member(json, i, &path, &values);
        if (json_type(values) == JSON_NULL_VALUE) continue; /* an inherited one, taken away */
        grid->axes[grid->n_axes++] = (Axis){path, NULL, values};
        if (grid->n_points <= MOST_CELLS) grid->n_points *= json_size(values);
    }
    label_axes(grid);
    return true;
}

/* The value of axis `a` at a grid point; the last axis runs fastest. */
static const Json *value_at(const Grid *grid, size_t a, size_t point)
{
    for (size_t later = grid->n_axes - 1; later > a; later--)
        point /= json_size(grid->axes[later].values);
    return json_at(grid->axes[a].values, point % json_size(grid->axes[a].values));
}

static const char *point_label(const Grid *grid, size_t point, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    for (size_t a = 0; a < grid->n_axes; a++) {
        const Json *value = value_at(grid, a, point);
        const char *word = json_type(value) == JSON_TEXT_VALUE ? json_text(value)
                                                               : json_canonical(value, arena, err);
        if (!word) return NULL;
        if (!buffer_format(&text, err, "%s%s=%s", a ? ", " : "", grid->axes[a].label, word))
            return NULL;
    }
    return text.data;
}

static const char *cell_name(const Resolving *resolving, const char *variant, size_t point)
{
    const ExperimentMerge *merge = resolving->merge;
    if (resolving->grid.n_axes == 0) return variant;
    const char *label = point_label(&resolving->grid, point, merge->arena, merge->err);
    if (!label || !resolving->has_variants) return label;
    return arena_format(merge->arena, merge->err, "%s, %s", variant, label);
}

/* The settings of a variant moved to a grid point, and the point itself. */
static Json *settings_at(const Resolving *resolving, const Json *settings, size_t point,
                         Json *chosen)
{
    const ExperimentMerge *merge = resolving->merge;
    Json *result = json_clone(settings, merge->arena, merge->err);
    for (size_t a = 0; a < resolving->grid.n_axes && result; a++) {
        const Axis *axis = &resolving->grid.axes[a];
        const Json *value = value_at(&resolving->grid, a, point);
        result = experiment_merge_value(merge, result, axis->path, value);
        if (!json_set(chosen, axis->path, json_clone(value, merge->arena, merge->err), merge->err))
            return NULL;
    }
    return result;
}

/* Fills the rest of a cell that has its names. */
static bool resolve_cell(const Resolving *resolving, ExperimentCell *cell,
                         const Json *variant_settings, size_t point)
{
    const ExperimentMerge *merge = resolving->merge;
    Json *chosen = json_new_object(merge->arena, merge->err);
    void *settings = arena_alloc(merge->arena, 1, merge->table->size, merge->err);
    if (!chosen || !settings) return false;
    Json *resolved = settings_at(resolving, variant_settings, point, chosen);
    if (!resolved) return false;
    const SpecReader *reader = &resolving->chain->sources[0].reader;
    const char *path = "$";
    if (resolving->has_variants) {
        reader = experiment_chain_origin(resolving->chain, "variants", cell->variant);
        path = spec_path_key(reader, "$.variants", cell->variant);
    }
    if (!spec_read(settings, merge->table, resolved, reader, path))
        return error_wrap(merge->err, "putting together '%s' at scale '%s'", cell->name,
                          resolving->scale);
    cell->point = chosen;
    cell->settings = settings;
    cell->json = spec_write(settings, merge->table, true, merge->arena, merge->err);
    return cell->json != NULL;
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

bool experiment_cells_resolve(Experiment *experiment, const ExperimentChain *chain,
                              const ExperimentMerge *merge, const Json *settings,
                              const Json *document)
{
    Arena *arena = merge->arena;
    Error *err = merge->err;
    const Json *variants = json_get(document, "variants");
    Resolving resolving = {chain, merge, experiment->scale, {0}, true};
    if (!list_variants(experiment, variants, arena, err)) return false;
    if (!read_grid(&resolving.grid, json_get(document, "grid"), arena, err)) return false;
    resolving.has_variants = experiment->variants.n > 0;
    if (!resolving.has_variants) experiment->variants.text[experiment->variants.n++] = "default";
    size_t n_points = resolving.grid.n_points;
    if (n_points * experiment->variants.n > MOST_CELLS) {
        spec_error(experiment_chain_origin(chain, NULL, "grid"), "$.grid",
                   "more than %d variants and grid points", MOST_CELLS);
        return error_hint(err, "fewer values: every combination is run");
    }
    ExperimentCell *cells =
        arena_alloc(arena, n_points * experiment->variants.n, sizeof *cells, err);
    if (!cells) return false;
    int n_errors = err->n_errors;
    for (size_t v = 0; v < experiment->variants.n; v++) {
        const char *variant = experiment->variants.text[v];
        const Json *overrides = resolving.has_variants ? json_get(variants, variant) : NULL;
        if (!name_cells(&resolving, cells + v * n_points, variant)) return false;
        if (!resolve_variant(&resolving, cells + v * n_points, settings, overrides) &&
            err->kind != ERROR_USAGE)
            return false; /* what is wrong with one variant hides nothing of the others */
    }
    experiment->cells = cells;
    experiment->n_cells = n_points * experiment->variants.n;
    return err->n_errors == n_errors;
}
