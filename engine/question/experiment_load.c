#include <string.h>

#include "base/file.h"
#include "model/architecture.h"
#include "question/experiment_cells.h"
#include "question/experiment_check.h"
#include "question/experiment_claim_check.h"
#include "question/experiment_document.h"
#include "question/experiment_fields.h"
#include "question/experiment_omit.h"
#include "question/experiment_own.h"
#include "question/experiment_report_check.h"
#include "question/experiment_select.h"
#include "question/experiment_set.h"
#include "question/experiment_sweep.h"
#include "question/experiment_tasks.h"

static bool check_report(const Experiment *experiment, const ExperimentChain *chain,
                         const char *folder, Arena *arena, Error *err)
{
    TextList rows;
    return experiment_cells_names(&rows, experiment, arena, err) &&
           experiment_report_check(experiment, &rows, folder,
                                   experiment_chain_origin(chain, NULL, "report"));
}

/* --- tasks and seeds, which the checks have found well formed ------------------------- */

/* There is something to measure zero-shot behaviour on. */
static bool check_zero_shot(Experiment *experiment, const ExperimentChain *chain,
                            const Json *document, Error *err)
{
    static const char key[] = "zero_shot_tasks";
    const Json *asked = json_get(document, key);
    const ExperimentTaskWord *word = asked && json_type(asked) == JSON_TEXT_VALUE
                                         ? experiment_fields_task_word(key, json_text(asked))
                                         : NULL;
    if (!experiment->measures[MEASURE_ZERO_SHOT] || experiment->zero_shot_tasks.n > 0) return true;
    experiment->n_lacking++;
    spec_error(experiment_chain_origin(chain, NULL, "measure"), "$.measure",
               "zero-shot behaviour is asked for, but scale '%s' has no %s", experiment->scale,
               word ? word->list : key);
    return error_hint(err, "name data sets in $.zero_shot_tasks, here or in the scale");
}

static bool read_seeds(IntList *seeds, const Json *asked, const Json *scale, Arena *arena,
                       Error *err)
{
    if (!asked) asked = json_get(scale, "seeds");
    bool counted = json_type(asked) == JSON_INTEGER_VALUE;
    size_t n = counted ? (size_t)json_int(asked) : json_size(asked);
    *seeds = (IntList){n, arena_alloc(arena, n, sizeof *seeds->items, err)};
    if (!seeds->items) return false;
    for (size_t i = 0; i < n; i++)
        seeds->items[i] = counted ? (int64_t)i + 1 : json_int(json_at(asked, i));
    return true;
}

/* --- the whole --------------------------------------------------------------------------------- */

/* The members of `json` that `table` has fields for. */
static Json *members_of(const SpecTable *table, const Json *json, Arena *arena, Error *err)
{
    Json *members = json_new_object(arena, err);
    if (!members) return NULL;
    for (const SpecField *field = table->fields; field->name; field++) {
        const Json *value = json_get(json, field->name);
        if (value && !json_set(members, field->name, json_clone(value, arena, err), err))
            return NULL;
    }
    return members;
}

/* What is selected, and how, may be the scale's; the settings come before it. */
static Json *merge_chain(const ExperimentChain *chain, const ExperimentMerge *merge,
                         const Json *settings, const Json *scale)
{
    static const char *const names[] = {"select", "select_seeds", NULL};
    Json *document = json_clone(settings, merge->arena, merge->err);
    for (int i = 0; names[i]; i++) {
        const Json *value = json_get(scale, names[i]);
        if (value &&
            !json_set(document, names[i], json_clone(value, merge->arena, merge->err), merge->err))
            return NULL;
    }
    for (size_t i = chain->n; i-- > 0 && document;)
        document = experiment_merge(merge, document, chain->sources[i].json);
    return document;
}

static bool read_fields(Experiment *experiment, const ExperimentChain *chain, const Json *document,
                        Arena *arena, Error *err)
{
    const SpecReader *reader = &chain->sources[0].reader;
    ExperimentFields fields;
    Json *own = members_of(&experiment_fields_table, document, arena, err);
    if (!own || !spec_read(&fields, &experiment_fields_table, own, reader, "$")) return false;
    experiment->title = fields.title;
    experiment->question = fields.question;
    experiment->description = fields.description;
    experiment->select_seeds = fields.select_seeds;
    experiment->n_claims = fields.claims.n;
    experiment->claims = fields.claims.items;
    experiment_document_measures(experiment->measures, &fields.measure);
    return experiment_report_read(&experiment->report, json_get(document, "report"), reader);
}

static bool fill_sweeps(Experiment *experiment, Json *document, const ExperimentSource *scale,
                        const ExperimentChain *chain, Arena *arena, Error *err)
{
    const int n_errors = err->n_errors;
    if (experiment_sweep_fill(document, json_get(scale->json, "sweeps"), scale->name, chain, arena,
                              err))
        return true;
    if (err->kind == ERROR_USAGE) experiment->n_lacking += err->n_errors - n_errors;
    return false;
}

static bool check_name(const char *name, const char *folder, Error *err)
{
    if (strcmp(name, EXPERIMENT_ALL) != 0) return true;
    error_usage(err, "%s/%s.json: '%s' is no name of an experiment: it stands for all of them",
                folder, name, name);
    return error_hint(err, "another name for the file, if there is one; `reprise run`, `plan`, "
                           "`status` and `compare` take '" EXPERIMENT_ALL "', other commands one "
                           "experiment");
}

bool experiment_load_with(Experiment *experiment, const SpecTable *settings_fields,
                          const char *name, const char *scale_name, const char *folder,
                          Arena *arena, Error *err)
{
    *experiment = (Experiment){.name = name, .scale = scale_name};
    ExperimentSource scale = {0};
    ExperimentChain *chain = arena_alloc(arena, 1, sizeof *chain, err);
    char *scales = file_join(arena, folder, "scales", err);
    if (!chain || !scales) return false;
    if (!check_name(name, folder, err) || !file_need_folder(folder, "--experiments", err))
        return false;
    ExperimentSet set;
    bool good = experiment_set_read(&set, scale_name, settings_fields, arena, err);
    if (!set.scale) return false;
    good &= experiment_folder_open(&scale, "scale", set.scale, scales, NULL, NULL, arena, err);
    if (good) {
        int n_errors = err->n_errors;
        experiment_check_scale(&scale, settings_fields);
        good = err->n_errors == n_errors;
    }
    good &= experiment_chain_load(chain, settings_fields, name, folder, arena, err);
    if (!good) return false; /* what follows would only repeat it in other words */

    ExperimentMerge merge = {settings_fields, NULL, json_get(scale.json, "companions"), arena, err};
    Json *settings = members_of(settings_fields, scale.json, arena, err);
    if (!settings) return false;
    merge.alternatives =
        experiment_merge_alternatives(&merge, json_get(scale.json, "alternatives"), settings);
    if (!merge.alternatives) return false;
    Json *document = merge_chain(chain, &merge, settings, scale.json);
    if (document) document = experiment_own_merge(document, &scale, name, &merge);
    if (!document || !experiment_set_apply(&document, &set, &merge, chain) ||
        !experiment_omit(&experiment->omitted, document, json_get(scale.json, "alternatives"),
                         experiment_own_find(&scale, name), arena, err) ||
        !fill_sweeps(experiment, document, &scale, chain, arena, err) ||
        !read_fields(experiment, chain, document, arena, err))
        return false;
    good = experiment_select_check_paths(document, "grid", chain, err) &&
           experiment_select_check_paths(document, "select", chain, err);
    good &= experiment_select_read(experiment, chain, document, arena, err);
    settings = members_of(settings_fields, document, arena, err);
    if (!settings) return false;
    good &= experiment_cells_resolve(experiment, chain, &merge, settings, document);
    bool resolved = good;
    if (experiment->n_cells > 0)
        good &= experiment_claim_check(experiment, chain, folder, arena, err);
    if (!experiment_tasks_read(&experiment->tasks, experiment->measures[MEASURE_FINE_TUNING],
                               "tasks", document, scale.json, arena, err) ||
        !experiment_tasks_read(&experiment->zero_shot_tasks,
                               experiment->measures[MEASURE_ZERO_SHOT], "zero_shot_tasks", document,
                               scale.json, arena, err))
        return false;
    if (!experiment_tasks_of_claims(experiment, scale.json, arena, err)) return false;
    good &= check_zero_shot(experiment, chain, document, err);
    if (resolved) good &= check_report(experiment, chain, folder, arena, err);
    if (!good ||
        !read_seeds(&experiment->seeds, json_get(document, "seeds"), scale.json, arena, err))
        return false;
    experiment->document =
        experiment_document_write(experiment, json_get(document, "report"), arena, err);
    return experiment->document != NULL;
}

/* Some measures are made of the probabilities of next tokens, for which states that see them are not made. */
static bool check_measures(const Experiment *experiment, const char *folder, Error *err)
{
    static const ExperimentMeasure causal[] = {MEASURE_CONTEXT_WINDOW, MEASURE_POSITION};
    const int n_errors = err->n_errors;
    for (size_t c = 0; c < experiment->n_cells; c++) {
        const Settings *settings = experiment->cells[c].settings;
        const Architecture *architecture = architecture_of(&settings->model);
        for (size_t m = 0; m < sizeof causal / sizeof *causal; m++) {
            if (!experiment->measures[causal[m]] || !settings->pretrain.present ||
                architecture_continues_text(architecture))
                continue;
            error_usage(err,
                        "%s/%s.json: $.measure: '%s' predicts the next tokens of a text, which the "
                        "states of architecture '%s' (of '%s') are not made for",
                        folder, experiment->name, experiment_measure_words[causal[m]],
                        architecture->entry.name, experiment->cells[c].name);
            error_hint(err, "\"measure\": [\"%s\"], or an architecture such as gpt",
                       experiment_measure_words[MEASURE_FINE_TUNING]);
        }
    }
    return err->n_errors == n_errors;
}

bool experiment_load(Experiment *experiment, const char *name, const char *scale,
                     const char *folder, Arena *arena, Error *err)
{
    return experiment_load_with(experiment, &settings_table, name, scale, folder, arena, err) &&
           check_measures(experiment, folder, err);
}
