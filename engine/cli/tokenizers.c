#include "cli/tokenizers.h"

#include <string.h>

#include "base/file.h"
#include "cli/planned.h"
#include "experiment/plan_check.h"
#include "experiment/plan_find.h"
#include "plan/stage_held.h"
#include "question/experiment_asked.h"

static bool find_in_experiment(NamedTokenizer *named, const char *name, const Options *options,
                               Arena *arena, Error *err)
{
    Plan *plan = &named->plan;
    if (!planned_build(plan, name, options, arena, err)) return false;
    named->cell = plan_find_cell(plan, options->cell, err);
    if (!named->cell) return false;
    const Stage *stage = named->cell->tokenizer;
    if (!stage->done) {
        error_set(err, "the tokenizer of cell '%s' of experiment '%s' is not there yet",
                  named->cell->name, name);
        return experiment_asked_hint(err, name, options->scale, "");
    }
    if (plan_check_stage(plan, stage, err))
        named->tokenizer = tokenizer_load(stage->folder, arena, err);
    return named->tokenizer != NULL;
}

static bool find_published(NamedTokenizer *named, const char *name, const Options *options,
                           Arena *arena, Error *err)
{
    TokenizerFiles files;
    const DatasetPlaces places = options_places(options).data;
    const Dataset *dataset = dataset_open(name, &places, arena, err);
    if (!dataset) return false;
    if (dataset_info(dataset)->form != DATASET_TOKENIZER) {
        error_usage(err, "data set '%s' holds no tokenizer", name);
        return error_hint(err, "reprise tokenizer EXPERIMENT --rows %s, which counts its tokens",
                          name);
    }
    if (dataset_tokenizer(&files, dataset, arena, err))
        named->tokenizer = tokenizer_load_files(&files, arena, err);
    return named->tokenizer != NULL;
}

static bool find_in_folder(NamedTokenizer *named, const char *folder, Arena *arena, Error *err)
{
    if (stage_held_folder(folder, arena, err))
        named->tokenizer = tokenizer_load(folder, arena, err);
    return named->tokenizer != NULL;
}

/* The nearest of experiments and data sets; where one of the folders cannot be listed, of the other. */
static bool unknown(const char *name, const Options *options, Arena *arena, Error *err)
{
    TextList experiments = {0};
    char **datasets = NULL;
    size_t n = 0, n_datasets = 0;
    Error ignored = {0};
    const DatasetPlaces places = options_places(options).data;
    (void)!experiment_folder_names(&experiments, options->experiments, arena, &ignored);
    (void)!dataset_names(&datasets, &n_datasets, &places, arena, &ignored);
    const char **names = arena_alloc(arena, experiments.n + n_datasets, sizeof *names, err);
    if (!names) return false;
    for (size_t i = 0; i < experiments.n; i++) names[n++] = experiments.text[i];
    for (size_t i = 0; i < n_datasets; i++) names[n++] = datasets[i];
    error_usage(err, "'%s' is no experiment, no data set and no folder with a tokenizer", name);
    const char *nearest = spec_suggest_nearest(name, names, n);
    if (nearest) return error_hint(err, "'%s'", nearest);
    return error_hint(err,
                      "an experiment, such as quickstart, whose tokenizer was learnt by a run");
}

static bool has_document(const char *folder, const char *name, Arena *arena, Error *err)
{
    const char *path = arena_format(arena, err, "%s/%s.json", folder, name);
    return path && file_exists(path);
}

bool tokenizers_find(NamedTokenizer *named, const char *name, const Options *options, Arena *arena,
                     Error *err)
{
    *named = (NamedTokenizer){0};
    if (strchr(name, '/')) return find_in_folder(named, name, arena, err);
    if (has_document(options->experiments, name, arena, err))
        return find_in_experiment(named, name, options, arena, err);
    if (has_document(options->datasets, name, arena, err))
        return find_published(named, name, options, arena, err);
    return file_is_folder(name) ? find_in_folder(named, name, arena, err)
                                : unknown(name, options, arena, err);
}
