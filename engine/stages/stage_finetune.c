#include "stages/stage_finetune.h"

#include "stages/estimate.h"
#include "stages/labelled.h"
#include "stages/stage_pretrain.h"
#include "stages/stage_output.h"
#include "stages/stage_tokenizer.h"
#include "train/training.h"

static const SpecField document_fields[] = {
    SPEC_ENTRY(FinetuneDocument, model, &architectures, "network"),
    SPEC_STRUCT(FinetuneDocument, finetune, &finetune_table, "how it is trained"),
    ARITHMETIC_FIELDS(offsetof(FinetuneDocument, arithmetic)),
    SPEC_TEXT_REQUIRED(FinetuneDocument, data, "hash of the task"),
    SPEC_INT(FinetuneDocument, seed, SPEC_REQUIRED, 0, 0x1p63, "of all that is random"),
    SPEC_END,
};
static const SpecTable document_table = {"finetune stage", sizeof(FinetuneDocument),
                                         document_fields, NULL};

/* A class for each integer is meant for scores of a few points. */
static bool check_bins(const StageRequest *request, Error *err)
{
    const StageTask *task = request->task;
    double n_bins = head_kind_bins((HeadRange){task->info->low, task->info->high});
    if (task->info->form != DATASET_REGRESSION ||
        request->settings->finetune.regression != HEAD_SOFT_BINS || n_bins <= HEAD_KIND_MAX_BINS)
        return true;
    error_usage(err, "task '%s': soft bins for targets from %g to %g would be %.0f, at most %d",
                task->name, task->info->low, task->info->high, n_bins, HEAD_KIND_MAX_BINS);
    return error_hint(err, "finetune.regression \"squared-error\"");
}

/* Told before hours of pre-training, not after. */
static bool check_splits(const StageTask *task, Error *err)
{
    for (int split = SPLIT_TRAIN; split <= SPLIT_TEST; split++) {
        if (dataset_rows(task->dataset, (DatasetSplit)split) > 0) continue;
        error_usage(err, "data set '%s': split '%s' is empty", task->name,
                    dataset_split_words[split]);
        return error_hint(err, "give it rows, or take the task out of the experiment");
    }
    return true;
}

static bool check(const StageRequest *request, Error *err)
{
    const StageTask *task = request->task;
    const SpecEntryChoice *model = &request->settings->model;
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    int least = sequences_least_context(task->info->form);
    if (n_context >= least) return check_splits(task, err) && check_bins(request, err);
    error_usage(err, "task '%s' needs a context of %d tokens at least, model.n_context is %d",
                task->name, least, n_context);
    return error_hint(err, "model.n_context %d or more; most texts want 64 or more", least);
}

/* As many examples as there are, or more, are all of them: the same stage. */
static FinetuneSpec settings_of(const StageRequest *request)
{
    FinetuneSpec spec = request->settings->finetune;
    if (spec.train_examples >= dataset_rows(request->task->dataset, SPLIT_TRAIN))
        spec.train_examples = 0;
    return spec;
}

static bool fill(void *document, const StageRequest *request, Arena *arena, Error *err)
{
    (void)arena;
    (void)err;
    *(FinetuneDocument *)document = (FinetuneDocument){
        .model = request->settings->model,
        .finetune = settings_of(request),
        .arithmetic = arithmetic_here(request->kernels),
        .data = request->task->hash.text,
        .seed = request->seed,
    };
    return true;
}

const char *stage_finetune_title(const StageRequest *request, const void *document, Arena *arena,
                                 Error *err)
{
    (void)document;
    return arena_format(arena, err, "%s, %s, seed %lld", request->task->name, request->cell,
                        (long long)request->seed);
}

/* Where the weights are that it starts from; NULL: from scratch. */
static bool find_weights(const char **path, const StageRun *run, Error *err)
{
    *path = NULL;
    if (!stage_row_input(run, &stage_pretrain)) return true;
    *path = stage_row_input_file(run, &stage_pretrain, TRAINING_WEIGHTS_FILE, err);
    return *path != NULL;
}

static bool run_stage(const StageRun *run, Error *err)
{
    const FinetuneDocument *document = run->document;
    const SpecEntryChoice *model = &document->model;
    Sequences train, validation;
    const char *pretrained;
    const Dataset *task = stage_row_data(run, document->data, err);
    const Kernels *kernels = task ? arithmetic_kernels(&document->arithmetic, err) : NULL;
    const Tokenizer *tokenizer = kernels ? stage_tokenizer_load(run, err) : NULL;
    if (!tokenizer || !find_weights(&pretrained, run, err) ||
        !labelled_sequences(&train, task, SPLIT_TRAIN, tokenizer, model, run->arena, err) ||
        !labelled_sequences(&validation, task, SPLIT_VALIDATION, tokenizer, model, run->arena, err))
        return false;
    const FinetuneJob job = {
        .spec = &document->finetune,
        .model = model,
        .kernels = kernels,
        .pretrained = pretrained,
        .train = &train,
        .validation = &validation,
        .head = labelled_head(dataset_info(task), document->finetune.regression, model),
        .text = special_tokens_text(tokenizer),
        .metric = metric_find(dataset_info(task)->metric),
        .seed = (uint64_t)document->seed,
        .title = run->stage->title,
        .folder = run->folder,
    };
    return finetune_run(&job, err);
}

const StageRow stage_finetune = {
    .kind = {.name = "finetune",
             .version = FINETUNE_NUMERICS_VERSION,
             .run = stage_row_run,
             .resume_file = TRAINING_RESUME_FILE},
    .help = "trains a model on one labelled task",
    .inputs = {&stage_tokenizer, &stage_pretrain},
    .document = &document_table,
    .check = check,
    .fill = fill,
    .title = stage_finetune_title,
    .cost = estimate_finetune,
    .run = run_stage,
};

bool stage_finetune_read(FinetuneSums *sums, const Stage *stage, Arena *arena, Error *err)
{
    return stage_output_read(sums, &finetune_run_sums_table, stage, FINETUNE_SUMS_FILE, arena, err);
}
