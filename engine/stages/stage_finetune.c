#include "stages/stage_finetune.h"

#include <math.h>

#include "base/file.h"
#include "base/log.h"
#include "stages/estimate.h"
#include "train/finetune_run.h"

typedef struct FinetuneStageJob {
    const Settings *settings;
    const PlanTask *task;
    const Kernels *kernels;
    int64_t seed;
} FinetuneStageJob;

/* Nothing can be learnt from, or measured on, no rows or rows without labels. */
static bool check_truth(const Sequences *sequences, const PlanTask *task, DatasetSplit split,
                        Error *err)
{
    const char *word = dataset_split_words[split];
    if (sequences->n == 0) {
        error_usage(err, "data set '%s': split '%s' is empty", task->name, word);
        return error_hint(err, "give it rows, or take the task out of the experiment");
    }
    for (int e = 0; e < sequences->n; e++) {
        if (!isnan(sequences->truth[e])) continue;
        error_usage(err, "data set '%s': row '%s' of split '%s' has no label", task->name,
                    sequences->id[e], word);
        return error_hint(err, "a split whose labels are public, or take the task out");
    }
    return true;
}

bool stage_finetune_sequences(Sequences *sequences, Tokenizer **tokenizer, const PlanTask *task,
                              DatasetSplit split, const Stage *tokenizer_stage,
                              const SpecEntryChoice *model, Arena *arena, Error *err)
{
    Examples examples;
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    if (!*tokenizer) *tokenizer = tokenizer_load(tokenizer_stage->folder, arena, err);
    if (!*tokenizer || !dataset_examples(&examples, task->dataset, split, arena, err) ||
        !sequences_encode(sequences, &examples, task->info->form, *tokenizer, n_context, arena,
                          err) ||
        (split != SPLIT_SUBMISSION && !check_truth(sequences, task, split, err)))
        return false;
    if (sequences->n_truncated && split != SPLIT_VALIDATION) /* read twice, and told of training */
        log_warning("%s, %s: %d of %d sequences were longer than the context of %d tokens and cut",
                    task->name, dataset_split_words[split], sequences->n_truncated,
                    sequences->n_sequences, n_context);
    return true;
}

Head stage_finetune_head(const PlanTask *task, const Settings *settings)
{
    return head_of(task->info, (HeadRegression)settings->finetune.regression);
}

/* inputs: 0 tokenizer, 1 pretrain (absent: from scratch) */
static bool finetune(const Stage *stage, const char *folder, Arena *arena, Error *err)
{
    const FinetuneStageJob *job = stage->job;
    const SpecEntryChoice *model = &job->settings->model;
    Tokenizer *tokenizer = NULL;
    Sequences train, validation;
    if (!stage_finetune_sequences(&train, &tokenizer, job->task, SPLIT_TRAIN, stage->input[0],
                                  model, arena, err) ||
        !stage_finetune_sequences(&validation, &tokenizer, job->task, SPLIT_VALIDATION,
                                  stage->input[0], model, arena, err))
        return false;
    char *pretrained = stage->n_inputs < 2
                           ? NULL
                           : file_join(arena, stage->input[1]->folder, "weights.safetensors", err);
    if (stage->n_inputs > 1 && !pretrained) return false;
    FinetuneJob run = {
        .spec = &job->settings->finetune,
        .model = model,
        .kernels = job->kernels,
        .pretrained = pretrained,
        .train = &train,
        .validation = &validation,
        .head = stage_finetune_head(job->task, job->settings),
        .n_vocab = tokenizer_n_tokens(tokenizer) + N_SPECIAL_TOKENS,
        .metric = job->task->metric,
        .seed = (uint64_t)job->seed,
        .title = stage->title,
        .folder = folder,
    };
    return finetune_run(&run, err);
}

static bool run(const Stage *stage, const char *folder, Error *err)
{
    Arena *arena = arena_create("fine-tuning data", err);
    bool ok = arena && finetune(stage, folder, arena, err);
    arena_destroy(arena);
    return ok;
}

static const StageKind kind = {.name = "finetune", .run = run};

/* A class for each integer is meant for scores of a few points. */
static bool check_bins(const PlanTask *task, const Settings *settings, Error *err)
{
    double n_bins = head_kind_bins((HeadRange){task->info->low, task->info->high});
    if (task->info->form != DATASET_REGRESSION || settings->finetune.regression != HEAD_SOFT_BINS ||
        n_bins <= HEAD_KIND_MAX_BINS)
        return true;
    error_usage(err, "task '%s': soft bins for targets from %g to %g would be %.0f, at most %d",
                task->name, task->info->low, task->info->high, n_bins, HEAD_KIND_MAX_BINS);
    return error_hint(err, "finetune.regression \"squared-error\"");
}

Stage *stage_finetune_add(Plan *plan, const PlanCell *cell, const PlanTask *task, int64_t seed,
                          Error *err)
{
    if (!check_bins(task, cell->settings, err)) return NULL;
    Arena *arena = plan->arena;
    Json *document = stage_document(&kind, FINETUNE_NUMERICS_VERSION, arena, err);
    if (!document || !plan_set_part(document, cell, "model", err) ||
        !plan_set_part(document, cell, "finetune", err) || !plan_set_kernels(document, plan, err) ||
        !json_set(document, "data", json_new_text(task->hash.text, arena, err), err) ||
        !json_set(document, "seed", json_new_integer(seed, arena, err), err))
        return NULL;
    bool is_new;
    Stage *inputs[] = {cell->tokenizer, cell->pretrain};
    Stage *stage = plan_stage(plan, &kind, document, inputs, cell->pretrain ? 2 : 1, &is_new, err);
    if (!stage || !is_new) return stage;
    FinetuneStageJob *job = arena_alloc(arena, 1, sizeof *job, err);
    if (!job || !estimate_finetune(&stage->cost, plan, cell, task, err)) return NULL;
    *job = (FinetuneStageJob){cell->settings, task, plan->kernels, seed};
    stage->job = job;
    stage->title =
        arena_format(arena, err, "%s, %s, seed %lld", task->name, cell->name, (long long)seed);
    return stage->title ? stage : NULL;
}
