#include "stages/stage_zero_shot.h"

#include "base/file.h"
#include "base/log.h"
#include "base/seal.h"
#include "measure/likelihood.h"
#include "measure/zero_shot.h"
#include "stages/estimate_probe.h"
#include "stages/pretrained.h"
#include "stages/probe_file.h"
#include "stages/stage_tokenizer.h"
#include "train/milestones.h"

enum { ZERO_SHOT_NUMERICS_VERSION = 1 };

/* How the task is done is no part of what its data are, so it stands in the document itself. */
typedef struct Heuristic {
    int heuristic; /* DatasetHeuristic */
    const char *suffix;
    TextList words;
} Heuristic;

typedef struct ZeroShotDocument {
    Arithmetic arithmetic;
    const char *data; /* hash of the task's content */
    Heuristic zero_shot;
} ZeroShotDocument;

static const SpecField heuristic_fields[] = {
    SPEC_CHOICE(Heuristic, heuristic, dataset_heuristic_words, SPEC_REQUIRED, "what decides"),
    SPEC_TEXT(Heuristic, suffix, NULL, "of words: between text and word"),
    SPEC_TEXTS(Heuristic, words, "of words: one a label"),
    SPEC_END,
};
static const SpecTable heuristic_table = {"heuristic", sizeof(Heuristic), heuristic_fields, NULL};

static const SpecField document_fields[] = {
    ARITHMETIC_FIELDS(offsetof(ZeroShotDocument, arithmetic)),
    SPEC_TEXT_REQUIRED(ZeroShotDocument, data, "hash of the task"),
    SPEC_STRUCT(ZeroShotDocument, zero_shot, &heuristic_table, "how it is done"),
    SPEC_END,
};
static const SpecTable document_table = {"zero-shot stage", sizeof(ZeroShotDocument),
                                         document_fields, NULL};

/* --- planning --------------------------------------------------------------------------------- */

/* Told before hours of pre-training, not after. */
static bool check(const StageRequest *request, Error *err)
{
    const StageTask *task = request->task;
    bool threshold = task->info->zero_shot.heuristic == HEURISTIC_ACCEPTABILITY;
    if (dataset_rows(task->dataset, SPLIT_TEST) == 0)
        error_usage(err, "data set '%s' has no test rows", task->name);
    else if (threshold && dataset_rows(task->dataset, SPLIT_VALIDATION) == 0)
        error_usage(err, "data set '%s' has no validation rows to choose a threshold on",
                    task->name);
    else return true;
    return error_hint(err, "take it out of zero_shot_tasks");
}

static bool fill(void *document, const StageRequest *request, Arena *arena, Error *err)
{
    const DatasetInfo *info = request->task->info;
    const DatasetZeroShot *how = &info->zero_shot;
    ZeroShotDocument *wanted = document;
    *wanted = (ZeroShotDocument){
        .arithmetic = arithmetic_here(request->kernels),
        .data = request->task->hash.text,
        .zero_shot = {.heuristic = (int)how->heuristic},
    };
    if (how->heuristic != HEURISTIC_WORDS) return true;
    TextList *words = &wanted->zero_shot.words;
    wanted->zero_shot.suffix = how->suffix ? how->suffix : "";
    words->text = arena_alloc(arena, (size_t)info->n_labels, sizeof *words->text, err);
    if (!words->text) return false;
    for (int k = 0; k < info->n_labels; k++) words->text[words->n++] = how->words[k];
    return true;
}

static const char *title(const StageRequest *request, const void *document, Arena *arena,
                         Error *err)
{
    (void)document;
    return arena_format(arena, err, "%s, %s", request->task->name, request->cell);
}

/* --- running ---------------------------------------------------------------------------------- */

/* One run of the stage. */
typedef struct Run {
    const Dataset *task;
    DatasetInfo info; /* of the task, with the heuristic of the document */
    const Metric *metric;
    const char *folder, *title;
    Pretrained model;
    Continuations test, validation;
    Facets facets; /* of the test examples */
    Milestones milestones;
    Arena *arena, *scratch;
} Run;

/* --- examples --------------------------------------------------------------------------------- */

static bool check_examples(const Examples *examples, const DatasetInfo *info, DatasetSplit split,
                           Error *err)
{
    const char *word = dataset_split_words[split];
    if (examples->n == 0) {
        error_usage(err, "data set '%s': split '%s' is empty", info->name, word);
        return error_hint(err, "give it rows, or take it out of zero_shot_tasks");
    }
    for (size_t e = 0; e < examples->n; e++) {
        if (examples->items[e].label >= 0 || !dataset_form_has_answers(info->form)) continue;
        error_usage(err, "data set '%s': row '%s' of split '%s' has no label", info->name,
                    examples->items[e].id, word);
        return error_hint(err, "a split whose labels are public, or take it out of "
                               "zero_shot_tasks");
    }
    return true;
}

static bool read_split(Continuations *set, Run *run, DatasetSplit split, Error *err)
{
    const int longest = likelihood_longest(&run->model.learner);
    Examples examples;
    if (!dataset_examples(&examples, run->task, split, run->arena, err) ||
        !check_examples(&examples, &run->info, split, err) ||
        !continuations_encode(set, &examples, &run->info, run->model.tokenizer, longest, run->arena,
                              err) ||
        (split == SPLIT_TEST &&
         !dataset_facets_collect(&run->facets, &run->info.facets, &examples, run->arena, err)))
        return false;
    if (set->n_cut > 0)
        log_warning("%s, %s: %d of %d texts were longer than the context of %d tokens and lost %s",
                    run->info.name, dataset_split_words[split], set->n_cut, set->n_texts,
                    run->model.learner.shape.n_context,
                    set->until ? "what is farthest from the gap" : "their beginning");
    return true;
}

/* --- one state of the model ------------------------------------------------------------------- */

static char *state_path(const Run *run, const Milestone *milestone, Arena *arena, Error *err)
{
    return arena_format(arena, err, "%s/update-%07lld.json", run->folder,
                        (long long)milestone->update);
}

/* The share of examples that are right, by the values of a facet. */
static bool write_facet(Json *by, const Run *run, const Facet *facet, const double *right,
                        Error *err)
{
    Json *shares = json_new_object(run->scratch, err);
    for (size_t v = 0; shares && v < facet->values.n; v++) {
        const FacetCount count = dataset_facets_count(facet, (int)v, right, run->test.n);
        if (!json_set_number(shares, facet->values.text[v], (double)count.right / count.n,
                             run->scratch, err))
            return false;
    }
    return json_set(by, facet->name, shares, err);
}

static bool write_facets(Json *json, const Run *run, const ZeroShotScores *scores, Error *err)
{
    if (run->facets.n == 0) return true;
    Json *by = json_new_object(run->scratch, err);
    double *right = arena_alloc(run->scratch, (size_t)run->test.n, sizeof *right, err);
    if (!by || !right) return false;
    for (int e = 0; e < run->test.n; e++) right[e] = scores->predicted[e] == run->test.truth[e];
    for (size_t f = 0; f < run->facets.n; f++)
        if (!write_facet(by, run, &run->facets.items[f], right, err)) return false;
    return json_set(json, "right_by", by, err);
}

static bool write_state(const Run *run, const Milestone *milestone, const ZeroShotScores *scores,
                        Error *err)
{
    Arena *arena = run->scratch;
    DatasetHeuristic heuristic = run->info.zero_shot.heuristic;
    Json *json = json_new_object(arena, err), *rows = json_new_list(arena, err);
    char *path = state_path(run, milestone, arena, err);
    if (!path || !json || !rows) return false;
    if (heuristic == HEURISTIC_ACCEPTABILITY &&
        !json_set_number(json, "threshold", scores->threshold, arena, err))
        return false;
    if (heuristic == HEURISTIC_LAST_WORD &&
        !json_set_number(json, "word_perplexity", scores->perplexity, arena, err))
        return false;
    for (int e = 0; e < run->test.n; e++) {
        int first = run->test.first[e], n = run->test.first[e + 1] - first;
        Json *row = json_new_object(arena, err);
        if (!row || !json_set(row, "id", json_new_text(run->test.id[e], arena, err), err) ||
            !probe_file_set(row, "score", scores->score + first, (size_t)n, arena, err) ||
            !json_add(rows, row, err))
            return false;
    }
    return json_set(json, "update", json_new_integer(milestone->update, arena, err), err) &&
           json_set(json, "tokens", json_new_integer(milestone->tokens, arena, err), err) &&
           json_set_number(json, "value", scores->value, arena, err) &&
           json_set(json, "degenerate", json_new_bool(scores->degenerate, arena, err), err) &&
           write_facets(json, run, scores, err) &&
           probe_file_set(json, "predicted", scores->predicted, (size_t)run->test.n, arena, err) &&
           json_set(json, "examples", rows, err) && seal_write_json(path, json, arena, err);
}

/* A state that an interrupted run has done is not done again. */
static bool score_state(Run *run, const Milestone *milestone, Error *err)
{
    ArenaMark mark = arena_mark(run->scratch);
    char *path = state_path(run, milestone, run->scratch, err);
    if (!path) return false;
    if (file_exists(path)) return true;
    ZeroShot zero_shot = {run->info.zero_shot.heuristic, run->metric, &run->test, &run->validation};
    ZeroShotScores scores;
    char *title = arena_format(run->scratch, err, "%s after %lld updates", run->title,
                               (long long)milestone->update);
    bool ok = title &&
              milestones_load(&run->model.learner, milestone, &run->model.made_from.pretrain,
                              run->scratch, err) &&
              zero_shot_score(&scores, &run->model.learner, &zero_shot, title, run->scratch, err) &&
              write_state(run, milestone, &scores, err);
    arena_reset(run->scratch, mark);
    return ok;
}

/* --- all of them ------------------------------------------------------------------------------ */

static bool read_state(ProbePoints *probe, int point, const Run *run, Error *err)
{
    const Milestone *milestone = &run->milestones.items[point];
    size_t n = (size_t)run->test.n;
    char *path = state_path(run, milestone, run->arena, err);
    Json *json = path ? json_parse_file(path, run->arena, err) : NULL;
    double *predicted = json ? probe_file_get(json, "predicted", n, run->arena, err) : NULL;
    const Json *value = predicted ? json_get(json, "value") : NULL;
    if (!predicted) return false;
    if (!json_is_numeric(value)) return error_set(err, "%s: 'value' is missing or no number", path);
    probe->x[point] = (double)milestone->tokens;
    probe->value[point] = json_number(value);
    for (size_t e = 0; e < n; e++) probe->unit[(size_t)point * n + e] = predicted[e];
    return true;
}

static bool write_curve(const Run *run, Error *err)
{
    Arena *arena = run->arena;
    size_t n = (size_t)run->test.n, points = run->milestones.n;
    ProbePoints probe = {.n_points = (int)points,
                         .n_units = run->test.n,
                         .x = arena_alloc(arena, points, sizeof(double), err),
                         .value = arena_alloc(arena, points, sizeof(double), err),
                         .unit = arena_alloc(arena, points * n, sizeof(double), err),
                         .truth = run->test.truth,
                         .facets = run->facets};
    Json *more = json_new_object(arena, err);
    if (!probe.x || !probe.value || !probe.unit || !more) return false;
    for (int point = 0; point < probe.n_points; point++)
        if (!read_state(&probe, point, run, err)) return false;
    return json_set(more, "metric", json_new_text(run->metric->name, arena, err), err) &&
           json_set(more, "texts", json_new_integer(run->test.n_texts, arena, err), err) &&
           json_set(more, "cut_texts", json_new_integer(run->test.n_cut, arena, err), err) &&
           probe_file_write(run->folder, &probe, more, arena, err);
}

static bool run_all(Run *run, const char *pretrain_folder, Error *err)
{
    if (!read_split(&run->test, run, SPLIT_TEST, err)) return false;
    if (run->info.zero_shot.heuristic == HEURISTIC_ACCEPTABILITY &&
        !read_split(&run->validation, run, SPLIT_VALIDATION, err))
        return false;
    if (!milestones_read(&run->milestones, pretrain_folder, run->arena, err)) return false;
    for (size_t i = 0; i < run->milestones.n; i++)
        if (!score_state(run, &run->milestones.items[i], err)) return false;
    return write_curve(run, err);
}

static DatasetInfo info_of(const Dataset *task, const Heuristic *how)
{
    DatasetInfo info = *dataset_info(task);
    info.zero_shot.heuristic = (DatasetHeuristic)how->heuristic;
    info.zero_shot.suffix = how->suffix;
    info.zero_shot.words = how->words.text;
    return info;
}

static bool run_stage(const StageRun *run, Error *err)
{
    const ZeroShotDocument *document = run->document;
    Run all = {.folder = run->folder, .title = run->stage->title, .arena = run->arena};
    all.task = stage_row_data(run, document->data, err);
    if (!all.task || !pretrained_open(&all.model, run, &document->arithmetic, err)) return false;
    all.info = info_of(all.task, &document->zero_shot);
    all.metric = metric_find(all.info.metric);
    all.scratch = arena_create("zero-shot scratch", err);
    bool ok = all.scratch && run_all(&all, stage_row_input(run, &stage_pretrain)->folder, err);
    arena_destroy(all.scratch);
    return ok;
}

const StageRow stage_zero_shot = {
    .kind = {.name = "zero-shot", .version = ZERO_SHOT_NUMERICS_VERSION, .run = stage_row_run},
    .help = "does a task with the language model alone, at every state that was kept",
    .inputs = {&stage_pretrain, &stage_tokenizer},
    .applies = settings_pretrains,
    .document = &document_table,
    .check = check,
    .fill = fill,
    .title = title,
    .cost = estimate_probe_zero_shot,
    .run = run_stage,
};
