#include "stages/stage_evaluate.h"

#include <string.h>

#include "stages/estimate.h"
#include "stages/scoring.h"
#include "stages/stage_output.h"
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

/* --- what it leaves ---------------------------------------------------------------------------- */

static const char FILE_NAME[] = "evaluate.json";

static const SpecField split_fields[] = {
    SPEC_INT(EvaluateSplit, examples, SPEC_REQUIRED, 1, 0x1p31, "of the split"),
    SPEC_TEXT_REQUIRED(EvaluateSplit, metric, "of the task"),
    SPEC_REAL(EvaluateSplit, score, SPEC_REQUIRED, -1e300, 1e300, "by the metric"),
    SPEC_BOOL(EvaluateSplit, degenerate, SPEC_REQUIRED, "undefined, or constant predictions"),
    SPEC_REAL(EvaluateSplit, accuracy, SPEC_REQUIRED, 0, 1, "share of right predictions"),
    SPEC_REAL(EvaluateSplit, loss, SPEC_REQUIRED, -1e300, 1e300, "mean over the examples"),
    SPEC_INT(EvaluateSplit, sequences, SPEC_REQUIRED, 1, 0x1p31, "of the split"),
    SPEC_INT(EvaluateSplit, truncated_sequences, SPEC_REQUIRED, 0, 0x1p31, "that lost tokens"),
    SPEC_TEXTS(EvaluateSplit, id, "of every example"),
    SPEC_REALS(EvaluateSplit, truth, -1e300, 1e300, "of every example"),
    SPEC_REALS(EvaluateSplit, predicted, -1e300, 1e300, "for every example"),
    SPEC_ANY(EvaluateSplit, outputs, "of the head, a list an example"),
    SPEC_END,
};

static void check_split(const void *value, const SpecReader *reader, const char *path)
{
    const EvaluateSplit *split = value;
    const size_t n = (size_t)split->examples;
    const bool listed = split->outputs && json_type(split->outputs) == JSON_LIST_VALUE;
    if (split->id.n != n || split->truth.n != n || split->predicted.n != n || !listed ||
        json_size(split->outputs) != n)
        spec_error(reader, path, "has not %zu ids, truths, predictions and outputs, one an example",
                   n);
}

static const SpecTable split_table = {"split", sizeof(EvaluateSplit), split_fields, check_split};

static const SpecField scores_fields[] = {
    SPEC_STRUCT(EvaluateScores, validation, &split_table, "scores"),
    SPEC_STRUCT(EvaluateScores, test, &split_table, "scores"),
    SPEC_END,
};
static const SpecTable scores_table = {"scores", sizeof(EvaluateScores), scores_fields, NULL};

/* Classes and answers are numbers from 0. */
static bool are_labels(const RealList *list, const DatasetInfo *info)
{
    for (size_t i = 0; i < list->n; i++) {
        const double value = list->items[i];
        if (value < 0 || value >= info->n_labels || value != (double)(int)value) return false;
    }
    return true;
}

static bool check_task(const EvaluateSplit *split, const StageTask *task, const Stage *stage,
                       Error *err)
{
    if (strcmp(split->metric, task->metric->name) != 0)
        return stage_output_wrong(stage, FILE_NAME, "scores by another metric than the task's",
                                  err);
    if (task->info->form == DATASET_REGRESSION) return true;
    return (are_labels(&split->truth, task->info) && are_labels(&split->predicted, task->info)) ||
           stage_output_wrong(stage, FILE_NAME, "has a class or answer that the task has not", err);
}

bool stage_evaluate_read(EvaluateScores *scores, const Stage *stage, const StageTask *task,
                         Arena *arena, Error *err)
{
    return stage_output_read(scores, &scores_table, stage, FILE_NAME, arena, err) &&
           check_task(&scores->validation, task, stage, err) &&
           check_task(&scores->test, task, stage, err);
}

/* How many outputs an example has; 0: none that are its task's. */
static int outputs_of(const Json *row, const DatasetInfo *info)
{
    if (json_type(row) != JSON_LIST_VALUE) return 0;
    const size_t n = json_size(row), all = (size_t)info->n_labels;
    for (size_t k = 0; k < n; k++)
        if (!json_is_numeric(json_at(row, k))) return 0;
    return n == all || (n < all && info->form == DATASET_MULTIPLE_CHOICE) ? (int)n : 0;
}

static void take_outputs(float *output, const Json *row, int n)
{
    for (int k = 0; k < n; k++) output[k] = (float)json_number(json_at(row, (size_t)k));
}

bool stage_evaluate_probabilities(EvaluateProbabilities *probabilities, const EvaluateSplit *split,
                                  const Stage *stage, const StageTask *task, Arena *arena,
                                  Error *err)
{
    const size_t n = (size_t)split->examples, most = (size_t)task->info->n_labels;
    *probabilities = (EvaluateProbabilities){0};
    if (task->info->form == DATASET_REGRESSION) return true;
    probabilities->first = arena_alloc(arena, n + 1, sizeof *probabilities->first, err);
    probabilities->of = arena_alloc(arena, n * most, sizeof *probabilities->of, err);
    float *output = arena_alloc(arena, most, sizeof *output, err);
    if (!probabilities->first || !probabilities->of || !output) return false;
    for (size_t e = 0; e < n; e++) {
        const Json *row = json_at(split->outputs, e);
        const int begin = probabilities->first[e], n_outputs = outputs_of(row, task->info);
        if (n_outputs <= split->truth.items[e])
            return stage_output_wrong(stage, FILE_NAME,
                                      "has not an output for each class or answer", err);
        take_outputs(output, row, n_outputs);
        score_probabilities(probabilities->of + begin, output, n_outputs);
        probabilities->first[e + 1] = begin + n_outputs;
    }
    return true;
}

/* --- running ---------------------------------------------------------------------------------- */

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

static bool fill_split(EvaluateSplit *split, const Scores *scores, const Sequences *sequences,
                       const Metric *metric, Arena *arena, Error *err)
{
    bool unused;
    const size_t n = (size_t)scores->n;
    *split = (EvaluateSplit){
        .examples = scores->n,
        .metric = metric->name,
        .accuracy = metric_accuracy(sequences->truth, scores->predicted, scores->n, &unused),
        .loss = scores->loss,
        .sequences = sequences->n_sequences,
        .truncated_sequences = sequences->n_truncated,
        .id = {n, sequences->id},
        .truth = {n, sequences->truth},
        .predicted = {n, scores->predicted},
        .outputs = outputs(scores, arena, err),
    };
    if (!split->outputs || !metric_measure(&split->score, &split->degenerate, metric,
                                           sequences->truth, scores->predicted, scores->n, err))
        return false;
    split->degenerate |= constant(scores->predicted, scores->n);
    return true;
}

static bool run_stage(const StageRun *run, Error *err)
{
    static const DatasetSplit splits[] = {SPLIT_VALIDATION, SPLIT_TEST};
    enum { N = sizeof splits / sizeof *splits };
    const EvaluateDocument *document = run->document;
    Arena *arena = run->arena;
    Scoring scoring;
    EvaluateScores found;
    EvaluateSplit *const to[N] = {&found.validation, &found.test};
    const Dataset *task = stage_row_data(run, document->data, err);
    const ScoringModel model = {
        .task = task,
        .kernels = task ? arithmetic_kernels(&document->arithmetic, err) : NULL,
        .finetune = stage_row_input(run, &stage_finetune),
        .tokenizer = stage_row_input(run, &stage_tokenizer),
    };
    if (!model.kernels || !scoring_open(&scoring, &model, splits, N, arena, err)) return false;
    const Metric *metric = metric_find(dataset_info(task)->metric);
    for (int i = 0; i < N; i++) {
        Scores scores;
        if (!scoring_run(&scores, &scoring, i, arena, err) ||
            !fill_split(to[i], &scores, &scoring.split[i], metric, arena, err))
            return false;
    }
    return stage_output_write(run->folder, FILE_NAME, &found, &scores_table, arena, err);
}

const StageRow stage_evaluate = {
    .kind = {.name = "evaluate", .version = EVALUATE_NUMERICS_VERSION, .run = stage_row_run},
    .help = "scores a fine-tuned model on validation and test",
    .inputs = {&stage_finetune, &stage_tokenizer},
    .document = &document_table,
    .fill = fill,
    .title = stage_finetune_title,
    .cost = estimate_evaluate,
    .run = run_stage,
};
