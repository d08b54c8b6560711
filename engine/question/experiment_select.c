#include "question/experiment_select.h"

/* What is swept is not tried as well: which of its values would a row of the table stand for? */
static void check_against_grid(const Json *select, const Json *grid, const ExperimentChain *chain,
                               Error *err)
{
    for (size_t i = 0; grid && i < json_size(grid); i++) {
        const char *path;
        Json *values;
        json_member(grid, i, &path, &values);
        if (json_type(values) == JSON_NULL_VALUE || !json_get(select, path)) continue;
        const SpecReader *reader = experiment_chain_origin(chain, "grid", path);
        spec_error(reader, spec_path_key(reader, "$.grid", path),
                   "'%s' is to be selected too, by this experiment, one that it extends, or its "
                   "scale",
                   path);
        error_hint(err, "\"select\": {\"%s\": null} runs every value and selects none", path);
    }
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
