#include "stages/stage_evaluate.h"

#include "base/file.h"
#include "stages/estimate.h"
#include "stages/scoring.h"
#include "stages/stage_tokenizer.h"

enum { EVALUATE_NUMERICS_VERSION = 3 };

typedef struct EvaluateDocument {
    Arithmetic arithmetic;
    const char *data; /* hash of the task's content */
} EvaluateDocument;

static const SpecField document_fields[] = {
    ARITHMETIC_FIELDS(offsetof(EvaluateDocument, arithmetic)),
    SPEC_TEXT_REQUIRED(EvaluateDocument, data, "hash of the task"),
    SPEC_END,
};
static const SpecTable document_table = {"evaluate stage", sizeof(EvaluateDocument),
                                         document_fields, NULL};

/* --- planning --------------------------------------------------------------------------------- */

static bool fill(void *document, const StageRequest *request, Arena *arena, Error *err)
{
    (void)arena;
    (void)err;
    *(EvaluateDocument *)document =
        (EvaluateDocument){arithmetic_here(request->kernels), request->task->hash.text};
    return true;
}

/* --- running ---------------------------------------------------------------------------------- */

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
    double score;
    if (!metric_measure(&score, &degenerate, metric, sequences->truth, scores->predicted, scores->n,
                        err))
        return NULL;
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

static bool run_stage(const StageRun *run, Error *err)
{
    static const DatasetSplit splits[] = {SPLIT_VALIDATION, SPLIT_TEST};
    enum { N = sizeof splits / sizeof *splits };
    const EvaluateDocument *document = run->document;
    Arena *arena = run->arena;
    Scoring scoring;
    char *path = file_join(arena, run->folder, STAGE_EVALUATE_FILE, err);
    const Dataset *task = stage_row_data(run, document->data, err);
    const ScoringModel model = {
        .task = task,
        .kernels = task ? arithmetic_kernels(&document->arithmetic, err) : NULL,
        .finetune = stage_row_input(run, &stage_finetune),
        .tokenizer = stage_row_input(run, &stage_tokenizer),
    };
    if (!path || !model.kernels || !scoring_open(&scoring, &model, splits, N, arena, err))
        return false;
    const Metric *metric = metric_find(dataset_info(task)->metric);
    Json *result = json_new_object(arena, err);
    for (int i = 0; result && i < N; i++) {
        Scores scores;
        if (!scoring_run(&scores, &scoring, i, arena, err) ||
            !json_set(result, dataset_split_words[splits[i]],
                      split_json(&scores, &scoring.split[i], metric, arena, err), err))
            return false;
    }
    return result && json_write_file(path, result, arena, err);
}

const StageRow stage_evaluate = {
    .kind = {.name = "evaluate", .version = EVALUATE_NUMERICS_VERSION, .run = stage_row_run},
    .help = "scores a fine-tuned model on validation and test",
    .inputs = {{&stage_finetune}, {&stage_tokenizer}},
    .document = &document_table,
    .fill = fill,
    .title = stage_finetune_title,
    .cost = estimate_evaluate,
    .run = run_stage,
};
