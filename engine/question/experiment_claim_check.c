#include "question/experiment_claim_check.h"

#include <string.h>

#include "question/experiment_cells.h"
#include "question/experiment_fields.h"

typedef struct Checking {
    const Experiment *experiment;
    const SpecReader *reader;
    TextList compared; /* what `better` and `worse` may be */
    TextList axes;     /* of the grid */
    TextList tasks;    /* of the experiment and of all scales, and the words for groups */
} Checking;

/* --- what may be named ----------------------------------------------------------------------------- */

/* Where every cell is wrong in itself the grid is not known, and axes->text stays NULL. */
static bool list_axes(TextList *axes, const Experiment *experiment, Arena *arena, Error *err)
{
    const Json *point = NULL;
    for (size_t i = 0; i < experiment->n_cells && !point; i++) point = experiment->cells[i].point;
    if (!point) return true;
    *axes = (TextList){0, arena_alloc(arena, json_size(point), sizeof *axes->text, err)};
    if (!axes->text) return false;
    for (size_t i = 0; i < json_size(point); i++) {
        Json *value;
        json_member(point, i, &axes->text[axes->n++], &value);
    }
    return true;
}

/* The lists of tasks in one document, if it has any. */
static bool add_tasks(TextList *tasks, const Json *document, Arena *arena, Error *err)
{
    for (size_t k = 0; experiment_fields_task_lists[k]; k++) {
        const char *key = experiment_fields_task_lists[k];
        const Json *list = json_get(document, key);
        if (!list || json_type(list) != JSON_LIST_VALUE) continue;
        size_t most = tasks->n + json_size(list);
        const char **text = arena_alloc(arena, most, sizeof *text, err);
        if (!text) return false;
        if (tasks->n) memcpy(text, tasks->text, tasks->n * sizeof *text);
        tasks->text = text;
        for (size_t i = 0; i < json_size(list); i++) {
            const Json *name = json_at(list, i);
            if (json_type(name) == JSON_TEXT_VALUE &&
                !experiment_fields_task_word(key, json_text(name)))
                spec_list_place(tasks, json_text(name));
        }
    }
    return true;
}

/* A scale that cannot be read is some other day's error. */
static bool list_tasks(TextList *tasks, const ExperimentChain *chain, const char *folder,
                       Arena *arena, Error *err)
{
    TextList scales;
    if (!experiment_folder_scales(&scales, folder, arena, err)) return false;
    for (size_t i = 0; i < chain->n; i++)
        if (!add_tasks(tasks, chain->sources[i].json, arena, err)) return false;
    for (size_t i = 0; i < scales.n; i++) {
        Error ignored = {0};
        char *file = arena_format(arena, err, "%s/scales/%s.json", folder, scales.text[i]);
        if (!file) return false;
        Json *scale = json_parse_file(file, arena, &ignored);
        if (!scale || json_type(scale) != JSON_OBJECT_VALUE) continue;
        if (!add_tasks(tasks, scale, arena, err)) return false;
    }
    return true;
}

/* --- one claim -------------------------------------------------------------------------------------- */

static void check_name(const Checking *checking, const char *path, const char *what,
                       const TextList *names, const char *name)
{
    if (spec_list_find(names, name) >= 0) return;
    spec_error(checking->reader, path, "unknown %s '%s'", what, name);
    spec_suggest_hint(checking->reader, name, names->text, names->n);
}

static void check_sides(const Checking *checking, const ExperimentClaim *claim, const char *path)
{
    const SpecReader *reader = checking->reader;
    check_name(checking, spec_path_key(reader, path, "better"), "variant", &checking->compared,
               claim->better);
    if (!claim->worse) return;
    check_name(checking, spec_path_key(reader, path, "worse"), "variant", &checking->compared,
               claim->worse);
    if (strcmp(claim->better, claim->worse) == 0) {
        spec_error(reader, path, "'%s' is compared with itself", claim->better);
        error_hint(reader->err, "two different variants");
    }
}

static void check_measured(const Checking *checking, const ExperimentClaim *claim, const char *path)
{
    static const ExperimentMeasure needed[] = {
        [CLAIM_ON_SCORE] = MEASURE_FINE_TUNING,
        [CLAIM_ON_CONVERGENCE] = MEASURE_FINE_TUNING,
        [CLAIM_ON_GAP] = MEASURE_FINE_TUNING,
        [CLAIM_ON_PARAMETERS] = MEASURE_FINE_TUNING,
        [CLAIM_ON_ZERO_SHOT] = MEASURE_ZERO_SHOT,
        [CLAIM_ON_CONTEXT_WINDOW] = MEASURE_CONTEXT_WINDOW,
        [CLAIM_ON_POSITION] = MEASURE_POSITION,
        [CLAIM_ON_RATE] = MEASURE_RATE,
    };
    if (claim->on == CLAIM_ON_SIZE) return; /* which is counted, not measured */
    const char *word = experiment_measure_words[needed[claim->on]];
    if (checking->experiment->measures[needed[claim->on]]) return;
    spec_error(checking->reader, spec_path_key(checking->reader, path, "on"),
               "'%s' needs %s, which is not measured", experiment_claim_on_words[claim->on], word);
    error_hint(checking->reader->err, "\"%s\" among $.measure", word);
}

/* What is measured once for each cell has points only along an axis of the grid. */
static void check_axis(const Checking *checking, const ExperimentClaim *claim, const char *path)
{
    const SpecReader *reader = checking->reader;
    const TextList *axes = &checking->axes;
    bool asked = claim->at != CLAIM_AT_MEAN || claim->rule == CLAIM_TREND || claim->along;
    if (experiment_claim_is_probe(claim->on) || !asked || !axes->text) return;
    if (axes->n == 0) {
        spec_error(reader, path, "there is no grid, whose values would be the points to look at");
        error_hint(reader->err, "\"grid\": {\"finetune.epochs\": [1, 2, 3]}");
    } else if (claim->along) {
        check_name(checking, spec_path_key(reader, path, "along"), "grid path", axes, claim->along);
    } else if (axes->n > 1) {
        spec_error(reader, spec_path_key(reader, path, "along"), "missing: the grid has %zu paths",
                   axes->n);
        spec_suggest_hint(reader, "", axes->text, axes->n);
    }
}

/* First and last point of one cell would be the same. */
static void check_single(const Checking *checking, const ExperimentClaim *claim, const char *path)
{
    bool differs = claim->at == CLAIM_AT_GAIN || claim->rule == CLAIM_TREND;
    if (experiment_claim_is_probe(claim->on) || !differs) return;
    if (spec_list_find(&checking->experiment->variants, claim->better) >= 0 ||
        spec_list_find(&checking->compared, claim->better) < 0)
        return;
    spec_error(checking->reader, spec_path_key(checking->reader, path, "better"),
               "'%s' is a single cell, which is one point only", claim->better);
    spec_suggest_hint(checking->reader, claim->better, checking->experiment->variants.text,
                      checking->experiment->variants.n);
}

static void check_tasks(const Checking *checking, const TextList *named, ClaimOn on,
                        const char *list)
{
    const SpecReader *reader = checking->reader;
    for (size_t i = 0; i < named->n; i++) {
        const char *name = named->text[i];
        if (!strcmp(name, CLAIM_LARGEST) || !strcmp(name, CLAIM_SMALLEST) ||
            experiment_fields_task_word(experiment_claim_tasks_key(on), name))
            continue;
        check_name(checking, spec_path_item(reader, list, i), "task", &checking->tasks, name);
    }
}

static void check_id(const Checking *checking, size_t i, const char *path)
{
    const ExperimentClaim *claims = checking->experiment->claims;
    for (size_t k = 0; k < i; k++) {
        if (strcmp(claims[k].id, claims[i].id) != 0) continue;
        spec_error(checking->reader, spec_path_key(checking->reader, path, "id"),
                   "'%s' is the id of claim %zu too", claims[i].id, k);
        error_hint(checking->reader->err, "another id");
    }
}

bool experiment_claim_check(const Experiment *experiment, const ExperimentChain *chain,
                            const char *folder, Arena *arena, Error *err)
{
    int n_errors = err->n_errors;
    Checking checking = {experiment, experiment_chain_origin(chain, NULL, "claims"), {0}, {0}, {0}};
    if (!experiment->n_claims) return true;
    if (!experiment_cells_names(&checking.compared, experiment, arena, err) ||
        !list_axes(&checking.axes, experiment, arena, err) ||
        !list_tasks(&checking.tasks, chain, folder, arena, err))
        return false;
    for (size_t i = 0; i < experiment->n_claims; i++) {
        const ExperimentClaim *claim = &experiment->claims[i];
        const char *path = spec_path_item(checking.reader, "$.claims", i);
        check_sides(&checking, claim, path);
        check_measured(&checking, claim, path);
        check_axis(&checking, claim, path);
        check_single(&checking, claim, path);
        check_tasks(&checking, &claim->tasks, (ClaimOn)claim->on,
                    spec_path_key(checking.reader, path, "tasks"));
        check_tasks(&checking, &claim->against_tasks, (ClaimOn)claim->on,
                    spec_path_key(checking.reader, path, "against_tasks"));
        check_id(&checking, i, path);
    }
    return err->n_errors == n_errors;
}
