#include "question/experiment_sweep.h"

bool experiment_sweep_fill(Json *document, const Json *sweeps, const char *scale,
                           const ExperimentChain *chain, Arena *arena, Error *err)
{
    Json *grid = json_get(document, "grid");
    bool good = true;
    for (size_t i = 0; grid && i < json_size(grid); i++) {
        const char *path;
        Json *values;
        json_member(grid, i, &path, &values);
        if (json_type(values) != JSON_TEXT_VALUE) continue;
        const Json *list = sweeps ? json_get(sweeps, path) : NULL;
        if (list && json_type(list) == JSON_LIST_VALUE) {
            if (!json_set(grid, path, json_clone(list, arena, err), err)) return false;
            continue;
        }
        const SpecReader *reader = experiment_chain_origin(chain, "grid", path);
        spec_error(reader, spec_path_key(reader, "$.grid", path),
                   "the scale '%s' has no sweep of '%s'", scale, path);
        good = error_hint(err, "a list here, or \"sweeps\": {\"%s\": [...]} in scales/%s.json",
                          path, scale);
    }
    return good;
}
