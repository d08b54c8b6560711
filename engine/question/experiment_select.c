#include "question/experiment_select.h"

#include "question/experiment_grid.h"

static bool is_taken_away(const Json *values)
{
    return json_type(values) == JSON_NULL_VALUE;
}

/* The path in `paths` that overlaps another; NULL: none. */
static const char *overlapping(const Json *paths, const char *other)
{
    for (size_t i = 0; i < json_size(paths); i++) {
        const char *path;
        Json *values;
        json_member(paths, i, &path, &values);
        if (!is_taken_away(values) && experiment_grid_overlap(path, other)) return path;
    }
    return NULL;
}

/* What is swept is not tried as well: which of its values would a row of the table stand for? */
static void check_against_grid(const Json *select, const Json *grid, const ExperimentChain *chain,
                               Error *err)
{
    for (size_t i = 0; grid && i < json_size(grid); i++) {
        const char *path, *tried;
        Json *values;
        json_member(grid, i, &path, &values);
        if (is_taken_away(values) || !(tried = overlapping(select, path))) continue;
        const SpecReader *reader = experiment_chain_origin(chain, "grid", path);
        spec_error(reader, spec_path_key(reader, "$.grid", path),
                   "'%s' is to be selected too, by this experiment, one that it extends, or its "
                   "scale",
                   tried);
        error_hint(err, "\"select\": {\"%s\": null} runs every value and selects none", tried);
    }
}

bool experiment_select_check_paths(const Json *document, const char *part,
                                   const ExperimentChain *chain, Error *err)
{
    const Json *paths = json_get(document, part);
    int n_errors = err->n_errors;
    if (!paths || json_type(paths) != JSON_OBJECT_VALUE) return true;
    for (size_t i = 0; i < json_size(paths); i++)
        for (size_t k = 0; k < i; k++) {
            const char *path, *other;
            Json *values, *other_values;
            json_member(paths, i, &path, &values);
            json_member(paths, k, &other, &other_values);
            if (is_taken_away(values) || is_taken_away(other_values) ||
                !experiment_grid_overlap(path, other))
                continue;
            const SpecReader *reader = experiment_chain_origin(chain, part, path);
            spec_error(reader, spec_path_key(reader, spec_path_key(reader, "$", part), path),
                       "it and '%s' set the same values", other);
            error_hint(err, "take one of them away: \"%s\": null", other);
        }
    return err->n_errors == n_errors;
}

bool experiment_select_read(Experiment *experiment, const ExperimentChain *chain,
                            const Json *document, Arena *arena, Error *err)
{
    const Json *asked = json_get(document, "select");
    if (!asked || json_type(asked) == JSON_NULL_VALUE) return true;
    if (!experiment->measures[MEASURE_FINE_TUNING]) return true; /* the scale's, of no use here */
    int n_errors = err->n_errors;
    Json *select = json_new_object(arena, err);
    for (size_t i = 0; i < json_size(asked); i++) {
        const char *path;
        Json *values;
        json_member(asked, i, &path, &values);
        if (json_type(values) == JSON_NULL_VALUE) continue; /* an inherited one, taken away */
        if (!json_set(select, path, json_clone(values, arena, err), err)) return false;
    }
    if (!select) return false;
    check_against_grid(select, json_get(document, "grid"), chain, err);
    if (json_size(select) > 0) experiment->select = select;
    return err->n_errors == n_errors;
}
