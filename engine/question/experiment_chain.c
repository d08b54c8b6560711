#include "question/experiment_chain.h"

#include <string.h>

#include "question/experiment_check.h"

static bool report_cycle(const ExperimentChain *chain, const char *again)
{
    const SpecReader *reader = &chain->sources[chain->n - 1].reader;
    Buffer text = buffer_create(reader->arena);
    for (size_t i = 0; i < chain->n; i++)
        if (!buffer_format(&text, reader->err, "'%s' extends ", chain->sources[i].name))
            return false;
    spec_error(reader, "$.extends", "a circle: %s'%s'", text.data, again);
    return error_hint(reader->err, "take \"extends\" away in one of them");
}

bool experiment_chain_load(ExperimentChain *chain, const SpecTable *settings, const char *name,
                           const char *folder, Arena *arena, Error *err)
{
    int n_errors = err->n_errors;
    const SpecReader *asking = NULL;
    chain->n = 0;
    while (name) {
        for (size_t i = 0; i < chain->n; i++)
            if (strcmp(chain->sources[i].name, name) == 0) return report_cycle(chain, name);
        if (chain->n == EXPERIMENT_CHAIN_MOST) {
            spec_error(asking, "$.extends", "more than %d documents extend one another",
                       EXPERIMENT_CHAIN_MOST);
            return error_hint(err, "put some of them together");
        }
        ExperimentSource *source = &chain->sources[chain->n];
        if (!experiment_folder_open(source, "experiment", name, folder, asking, "$.extends", arena,
                                    err))
            return false;
        chain->n++;
        experiment_check_document(source, settings);
        asking = &source->reader;
        const Json *extends = json_get(source->json, "extends");
        name = extends && json_type(extends) == JSON_TEXT_VALUE ? json_text(extends) : NULL;
    }
    return err->n_errors == n_errors;
}

const SpecReader *experiment_chain_origin(const ExperimentChain *chain, const char *part,
                                          const char *key)
{
    for (size_t i = 0; i < chain->n; i++) {
        const Json *json = chain->sources[i].json;
        if (part) json = json_get(json, part);
        bool here = json && json_type(json) == JSON_OBJECT_VALUE && json_get(json, key);
        if (here) return &chain->sources[i].reader;
    }
    return &chain->sources[0].reader;
}
