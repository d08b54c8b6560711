#include "stages/stage_evaluate.h"

#include "base/file.h"
#include "stages/estimate.h"
#include "stages/scoring.h"

enum { EVALUATE_NUMERICS_VERSION = 3 };

static Json *numbers(const double *value, int n, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    for (int i = 0; list && i < n; i++)
        if (!json_add(list, json_new_number(value[i], arena, err), err)) return NULL;
    return list;
}

static Json *texts(const char *const *value, int n, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    for (int i = 0; list && i < n; i++)
        if (!json_add(list, json_new_text(value[i], arena, err), err)) return NULL;
    return list;
}

/* A list of outputs an example, rounded to what a float holds. */
static Json *outputs(const Scores *scores, Arena *arena, Error *err)
{
    Json *list = json_new_list(arena, err);
    for (int e = 0; list && e < scores->n; e++) {
        Json *row = json_new_list(arena, err);
        for (int k = scores->first[e]; row && k < scores->first[e + 1]; k++)
            if (!json_add(row, json_new_number((double)scores->output[k], arena, err), err))
                return NULL;
        if (!row || !json_add(list, row, err)) return NULL;
    }
    return list;
}

static bool constant(const double *predicted, int n)
{
    for (int i = 1; i < n; i++)
        if (predicted[i] != predicted[0]) return false;
    return true;
}

static Json *split_json(const Scores *scores, const Sequences *sequences, const Metric *metric,
                        Arena *arena, Error *err)
{
    bool degenerate, unused;
    double score = metric->compute(sequences->truth, scores->predicted, scores->n, &degenerate);
    double accuracy = metric_accuracy(sequences->truth, scores->predicted, scores->n, &unused);
    degenerate = degenerate || constant(scores->predicted, scores->n);
    Json *split = json_new_object(arena, err);
    bool ok =
        split && json_set(split, "examples", json_new_integer(scores->n, arena, err), err) &&
        json_set(split, "metric", json_new_text(metric->name, arena, err), err) &&
        json_set(split, "score", json_new_number(score, arena, err), err) &&
        json_set(split, "degenerate", json_new_bool(degenerate, arena, err), err) &&
        json_set(split, "accuracy", json_new_number(accuracy, arena, err), err) &&
        json_set(split, "loss", json_new_number(scores->loss, arena, err), err) &&
        json_set(split, "sequences", json_new_integer(sequences->n_sequences, arena, err), err) &&
        json_set(split, "truncated_sequences", json_new_integer(sequences->n_truncated, arena, err),
                 err) &&
        json_set(split, "id", texts(sequences->id, scores->n, arena, err), err) &&
        json_set(split, "truth", numbers(sequences->truth, scores->n, arena, err), err) &&
        json_set(split, "predicted", numbers(scores->predicted, scores->n, arena, err), err) &&
        json_set(split, "outputs", outputs(scores, arena, err), err);
    return ok ? split : NULL;
}

/* inputs: 0 finetune, 1 tokenizer */
static bool evaluate(const Stage *stage, const char *folder, Arena *arena, Error *err)
{
    static const DatasetSplit splits[] = {SPLIT_VALIDATION, SPLIT_TEST};
    enum { N = sizeof splits / sizeof *splits };
    const ScoringModel *model = stage->job;
    Scoring scoring;
    char *path = file_join(arena, folder, "evaluate.json", err);
    if (!path || !scoring_open(&scoring, model, splits, N, arena, err)) return false;
    Json *result = json_new_object(arena, err);
    for (int i = 0; result && i < N; i++) {
        Scores scores;
        if (!scoring_run(&scores, &scoring, i, arena, err) ||
            !json_set(result, dataset_split_words[splits[i]],
                      split_json(&scores, &scoring.split[i], model->task->metric, arena, err), err))
            return false;
    }
    return result && json_write_file(path, result, arena, err);
}

static bool run(const Stage *stage, const char *folder, Error *err)
{
    Arena *arena = arena_create("evaluation", err);
    bool ok = arena && evaluate(stage, folder, arena, err);
    arena_destroy(arena);
    return ok;
}

static const StageKind kind = {.name = "evaluate", .run = run};

Stage *stage_evaluate_add(Plan *plan, const PlanCell *cell, const PlanTask *task, int64_t seed,
                          Stage *finetune, Error *err)
{
    Arena *arena = plan->arena;
    Json *document = stage_document(&kind, EVALUATE_NUMERICS_VERSION, arena, err);
    if (!document || !plan_set_kernels(document, plan, err) ||
        !json_set(document, "data", json_new_text(task->hash.text, arena, err), err))
        return NULL;
    bool is_new;
    Stage *inputs[] = {finetune, cell->tokenizer};
    Stage *stage = plan_stage(plan, &kind, document, inputs, 2, &is_new, err);
    if (!stage || !is_new) return stage;
    ScoringModel *job = arena_alloc(arena, 1, sizeof *job, err);
    if (!job || !estimate_evaluate(&stage->cost, plan, cell, task, err)) return NULL;
    *job = (ScoringModel){task, cell->settings, plan->kernels, finetune, cell->tokenizer};
    stage->job = job;
    stage->title =
        arena_format(arena, err, "%s, %s, seed %lld", task->name, cell->name, (long long)seed);
    return stage->title ? stage : NULL;
}
