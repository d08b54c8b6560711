#include "stages/stage_zero_shot.h"

#include "base/file.h"
#include "base/log.h"
#include "stages/estimate_probe.h"
#include "stages/probe_file.h"
#include "train/likelihood.h"
#include "train/milestones.h"
#include "train/zero_shot.h"

enum { ZERO_SHOT_NUMERICS_VERSION = 1 };

typedef struct ZeroShotJob {
    const Settings *settings;
    const PlanTask *task;
    const Kernels *kernels;
} ZeroShotJob;

/* One run of the stage. */
typedef struct Run {
    const ZeroShotJob *job;
    const char *folder, *title;
    Tokenizer *tokenizer;
    Continuations test, validation;
    Milestones milestones;
    Learner learner;
    Arena *arena, *scratch;
} Run;

/* --- examples --------------------------------------------------------------------------------- */

static bool check_examples(const Examples *examples, const PlanTask *task, DatasetSplit split,
                           Error *err)
{
    const char *word = dataset_split_words[split];
    if (examples->n == 0) {
        error_usage(err, "data set '%s': split '%s' is empty", task->name, word);
        return error_hint(err, "give it rows, or take it out of zero_shot_tasks");
    }
    for (size_t e = 0; e < examples->n; e++) {
        if (examples->items[e].label >= 0 || task->info->form == DATASET_LAST_WORD) continue;
        error_usage(err, "data set '%s': row '%s' of split '%s' has no label", task->name,
                    examples->items[e].id, word);
        return error_hint(err, "a split whose labels are public, or take it out of "
                               "zero_shot_tasks");
    }
    return true;
}

static bool read_split(Continuations *set, Run *run, DatasetSplit split, Error *err)
{
    const PlanTask *task = run->job->task;
    const SpecEntryChoice *model = &run->job->settings->model;
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    Examples examples;
    if (!dataset_examples(&examples, task->dataset, split, run->arena, err) ||
        !check_examples(&examples, task, split, err) ||
        !continuations_encode(set, &examples, task->info, run->tokenizer, n_context, run->arena,
                              err))
        return false;
    if (set->n_cut > 0)
        log_warning("%s, %s: %d of %d texts were longer than the context of %d tokens and lost "
                    "their beginning",
                    task->name, dataset_split_words[split], set->n_cut, set->n_texts, n_context);
    return true;
}

/* --- one state of the model ------------------------------------------------------------------- */

static char *state_path(const Run *run, const Milestone *milestone, Arena *arena, Error *err)
{
    return arena_format(arena, err, "%s/update-%07lld.json", run->folder,
                        (long long)milestone->update);
}

static bool write_state(const Run *run, const Milestone *milestone, const ZeroShotScores *scores,
                        Error *err)
{
    Arena *arena = run->scratch;
    DatasetHeuristic heuristic = run->job->task->info->zero_shot.heuristic;
    Json *json = json_new_object(arena, err), *rows = json_new_list(arena, err);
    char *path = state_path(run, milestone, arena, err);
    if (!path || !json || !rows) return false;
    if (heuristic == HEURISTIC_ACCEPTABILITY &&
        !json_set(json, "threshold", json_new_number(scores->threshold, arena, err), err))
        return false;
    if (heuristic == HEURISTIC_LAST_WORD &&
        !json_set(json, "word_perplexity", json_new_number(scores->perplexity, arena, err), err))
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
           json_set(json, "value", json_new_number(scores->value, arena, err), err) &&
           json_set(json, "degenerate", json_new_bool(scores->degenerate, arena, err), err) &&
           probe_file_set(json, "predicted", scores->predicted, (size_t)run->test.n, arena, err) &&
           json_set(json, "examples", rows, err) && json_write_file(path, json, arena, err);
}

/* A state that an interrupted run has done is not done again. */
static bool score_state(Run *run, const Milestone *milestone, Error *err)
{
    ArenaMark mark = arena_mark(run->scratch);
    char *path = state_path(run, milestone, run->scratch, err);
    if (!path) return false;
    if (file_exists(path)) return true;
    const PlanTask *task = run->job->task;
    ZeroShot zero_shot = {task->info->zero_shot.heuristic, task->metric, &run->test,
                          &run->validation};
    ZeroShotScores scores;
    char *title = arena_format(run->scratch, err, "%s after %lld updates", run->title,
                               (long long)milestone->update);
    bool ok = title &&
              milestones_load(&run->learner, milestone, &run->job->settings->pretrain, run->scratch,
                              err) &&
              zero_shot_score(&scores, &run->learner, &zero_shot, title, run->scratch, err) &&
              write_state(run, milestone, &scores, err);
    arena_reset(run->scratch, mark);
    return ok;
}

/* --- all of them ------------------------------------------------------------------------------ */

static bool read_state(OutcomeProbe *probe, int point, const Run *run, Error *err)
{
    const Milestone *milestone = &run->milestones.items[point];
    size_t n = (size_t)run->test.n;
    char *path = state_path(run, milestone, run->arena, err);
    Json *json = path ? json_parse_file(path, run->arena, err) : NULL;
    double *predicted = json ? probe_file_get(json, "predicted", n, run->arena, err) : NULL;
    if (!predicted) return false;
    probe->x[point] = (double)milestone->tokens;
    probe->value[point] = json_number(json_get(json, "value"));
    for (size_t e = 0; e < n; e++) probe->unit[(size_t)point * n + e] = predicted[e];
    return true;
}

static bool write_curve(const Run *run, Error *err)
{
    Arena *arena = run->arena;
    size_t n = (size_t)run->test.n, points = run->milestones.n;
    OutcomeProbe probe = {.n_points = (int)points,
                          .n_units = run->test.n,
                          .x = arena_alloc(arena, points, sizeof(double), err),
                          .value = arena_alloc(arena, points, sizeof(double), err),
                          .unit = arena_alloc(arena, points * n, sizeof(double), err),
                          .truth = run->test.truth};
    Json *more = json_new_object(arena, err);
    if (!probe.x || !probe.value || !probe.unit || !more) return false;
    for (int point = 0; point < probe.n_points; point++)
        if (!read_state(&probe, point, run, err)) return false;
    return json_set(more, "metric", json_new_text(run->job->task->metric->name, arena, err), err) &&
           json_set(more, "texts", json_new_integer(run->test.n_texts, arena, err), err) &&
           json_set(more, "cut_texts", json_new_integer(run->test.n_cut, arena, err), err) &&
           probe_file_write(run->folder, &probe, more, arena, err);
}

/* inputs: 0 pretrain, 1 tokenizer */
static bool run_all(Run *run, const Stage *stage, Error *err)
{
    const ZeroShotJob *job = run->job;
    run->tokenizer = tokenizer_load(stage->input[1]->folder, run->arena, err);
    if (!run->tokenizer || !read_split(&run->test, run, SPLIT_TEST, err)) return false;
    if (job->task->info->zero_shot.heuristic == HEURISTIC_ACCEPTABILITY &&
        !read_split(&run->validation, run, SPLIT_VALIDATION, err))
        return false;
    LearnerSetup setup =
        likelihood_setup(&job->settings->model, job->kernels, tokenizer_n_tokens(run->tokenizer));
    if (!milestones_read(&run->milestones, stage->input[0]->folder, run->arena, err) ||
        !learner_create(&run->learner, &setup, run->arena, err))
        return false;
    for (size_t i = 0; i < run->milestones.n; i++)
        if (!score_state(run, &run->milestones.items[i], err)) return false;
    return write_curve(run, err);
}

static bool run(const Stage *stage, const char *folder, Error *err)
{
    Run all = {.job = stage->job, .folder = folder, .title = stage->title};
    all.arena = arena_create("zero-shot", err);
    all.scratch = all.arena ? arena_create("zero-shot scratch", err) : NULL;
    bool ok = all.scratch && run_all(&all, stage, err);
    arena_destroy(all.scratch);
    arena_destroy(all.arena);
    return ok;
}

static const StageKind kind = {.name = "zero-shot", .run = run};

/* How the task is done is no part of what its data are, so it stands in the document itself. */
static Json *heuristic_json(const DatasetInfo *info, Arena *arena, Error *err)
{
    const DatasetZeroShot *how = &info->zero_shot;
    Json *json = json_new_object(arena, err);
    const char *word = dataset_heuristic_words[how->heuristic];
    if (!json || !json_set(json, "heuristic", json_new_text(word, arena, err), err)) return NULL;
    if (how->heuristic != HEURISTIC_WORDS) return json;
    Json *words = json_new_list(arena, err);
    for (int k = 0; words && k < info->n_labels; k++)
        if (!json_add(words, json_new_text(how->words[k], arena, err), err)) return NULL;
    Json *suffix = json_new_text(how->suffix ? how->suffix : "", arena, err);
    return json_set(json, "suffix", suffix, err) && json_set(json, "words", words, err) ? json
                                                                                        : NULL;
}

/* Told before hours of pre-training, not after. */
static bool check_splits(const PlanTask *task, Error *err)
{
    bool threshold = task->info->zero_shot.heuristic == HEURISTIC_ACCEPTABILITY;
    if (dataset_rows(task->dataset, SPLIT_TEST) == 0)
        error_usage(err, "data set '%s' has no test rows", task->name);
    else if (threshold && dataset_rows(task->dataset, SPLIT_VALIDATION) == 0)
        error_usage(err, "data set '%s' has no validation rows to choose a threshold on",
                    task->name);
    else return true;
    return error_hint(err, "take it out of zero_shot_tasks");
}

Stage *stage_zero_shot_add(Plan *plan, const PlanCell *cell, const PlanTask *task, Error *err)
{
    Arena *arena = plan->arena;
    if (!check_splits(task, err)) return NULL;
    Json *document = stage_document(&kind, ZERO_SHOT_NUMERICS_VERSION, arena, err);
    if (!document || !plan_set_kernels(document, plan, err) ||
        !json_set(document, "data", json_new_text(task->hash.text, arena, err), err) ||
        !json_set(document, "zero_shot", heuristic_json(task->info, arena, err), err))
        return NULL;
    bool is_new;
    Stage *inputs[] = {cell->pretrain, cell->tokenizer};
    Stage *stage = plan_stage(plan, &kind, document, inputs, 2, &is_new, err);
    if (!stage || !is_new) return stage;
    ZeroShotJob *job = arena_alloc(arena, 1, sizeof *job, err);
    if (!job || !estimate_probe_zero_shot(&stage->cost, plan, cell, task, err)) return NULL;
    *job = (ZeroShotJob){cell->settings, task, plan->kernels};
    stage->job = job;
    stage->title = arena_format(arena, err, "%s, %s", task->name, cell->name);
    return stage->title ? stage : NULL;
}
