#include "question/experiment_own.h"

const Json *experiment_own_find(const ExperimentSource *scale, const char *experiment)
{
    const Json *experiments = json_get(scale->json, "experiments");
    return experiments ? json_get(experiments, experiment) : NULL;
}

static bool complain(const ExperimentSource *scale, const char *experiment, const char *variant)
{
    const SpecReader *reader = &scale->reader;
    const char *path = spec_path_key(reader, "$.experiments", experiment);
    path = spec_path_key(reader, spec_path_key(reader, path, "variants"), variant);
    spec_error(reader, path, "the experiment '%s' has no variant '%s'", experiment, variant);
    return error_hint(reader->err, "the name of one of its variants, or take it away");
}

static bool has_variants(const Json *document, const Json *own, const ExperimentSource *scale,
                         const char *experiment)
{
    const Json *named = json_get(own, "variants"), *known = json_get(document, "variants");
    bool good = true;
    for (size_t i = 0; named && i < json_size(named); i++) {
        const char *variant;
        Json *settings;
        json_member(named, i, &variant, &settings);
        if (!known || !json_get(known, variant)) good = complain(scale, experiment, variant);
    }
    return good;
}

Json *experiment_own_merge(const Json *document, const ExperimentSource *scale,
                           const char *experiment, const ExperimentMerge *merge)
{
    const Json *own = experiment_own_find(scale, experiment);
    if (!own) return json_clone(document, merge->arena, merge->err);
    return has_variants(document, own, scale, experiment) ? experiment_merge(merge, document, own)
                                                          : NULL;
}
