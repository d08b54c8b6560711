#include "stages/stage_pretrain.h"

#include <string.h>

#include "model/architecture.h"
#include "model/huggingface.h"
#include "model/openai_gpt1.h"
#include "stages/corpus_planned.h"
#include "stages/estimate.h"
#include "stages/estimate_probe.h"
#include "stages/stage_output.h"
#include "stages/stage_tokenizer.h"
#include "stages/stage_tokens.h"
#include "train/published_run.h"
#include "train/training.h"

static const SpecField document_fields[] = {
    SPEC_ENTRY(PretrainDocument, model, &architectures, "network"),
    SPEC_OPTIONAL(PretrainDocument, pretrain, &pretrain_table, "how it is trained"),
    ARITHMETIC_FIELDS(offsetof(PretrainDocument, arithmetic)),
    SPEC_REAL(PretrainDocument, held_out, SPEC_REQUIRED, 0.0, 0.9,
              "share of documents not trained on"),
    SPEC_END,
};
static const SpecTable document_table = {"pretrain stage", sizeof(PretrainDocument),
                                         document_fields, NULL};

static bool check(const StageRequest *request, Error *err)
{
    CorpusText text;
    return request->weights ||
           (corpus_planned(&text, request, err) && corpus_text_check_training(&text, err));
}

/* Published weights are what their content is, and what they are measured with. */
static bool settings_of_published(PretrainSpec *spec, const StageRequest *request, Arena *arena,
                                  Error *err)
{
    const SpecReader reader = {.file = "pretrain.published", .arena = arena, .err = err};
    Json *json = json_new_object(arena, err);
    Json *content = json_new_text(request->weights->hash.text, arena, err);
    if (!json || !json_set(json, "published", content, err) ||
        !spec_read(spec, &pretrain_table, json, &reader, "$"))
        return false;
    spec->present = true;
    spec->precision = request->settings->pretrain.precision;
    return true;
}

static bool fill(void *document, const StageRequest *request, Arena *arena, Error *err)
{
    PretrainDocument *wanted = document;
    *wanted = (PretrainDocument){
        .model = request->settings->model,
        .pretrain = request->settings->pretrain,
        .arithmetic = arithmetic_here(request->kernels),
        .held_out = request->settings->corpus.held_out,
    };
    return !request->weights || settings_of_published(&wanted->pretrain, request, arena, err);
}

static const char *title(const StageRequest *request, const void *document, Arena *arena,
                         Error *err)
{
    const PretrainDocument *wanted = document;
    if (request->weights)
        return arena_format(arena, err, "%s as published: %s", wanted->model.entry->name,
                            request->weights->name);
    return arena_format(arena, err, "%s on %s", wanted->model.entry->name, request->corpus->name);
}

/* How long the text of each token is; in the arena. */
static int *token_bytes(const Tokenizer *tokenizer, Arena *arena, Error *err)
{
    int n = tokenizer_n_tokens(tokenizer);
    int *bytes = arena_alloc(arena, (size_t)n, sizeof *bytes, err);
    for (int id = 0; bytes && id < n; id++) bytes[id] = tokenizer_token_bytes(tokenizer, id);
    return bytes;
}

static bool load_openai(const void *source, const TensorTable *table, real *weights, Arena *scratch,
                        Error *err)
{
    const DatasetModel *model = source;
    const OpenaiGpt1Files files = {model->shapes, (const char *const *)model->files, model->n};
    return openai_gpt1_load(table, weights, &files, scratch, err);
}

static bool load_huggingface(const void *source, const TensorTable *table, real *weights,
                             Arena *scratch, Error *err)
{
    return huggingface_load(source, table, weights, scratch, err);
}

static bool publish(const PretrainJob *job, const HuggingfaceModel *model, Error *err)
{
    const PublishedWeights published = {load_huggingface, model, model->has_pooler};
    return published_run(job, &published, err);
}

static bool run_huggingface(const StageRun *run, const char *folder, const PretrainJob *job,
                            Error *err)
{
    HuggingfaceModel model;
    return huggingface_open(&model, folder, run->arena, err) &&
           huggingface_check(&model, job->model, err) && publish(job, &model, err);
}

/* The folder that the files of a data set lie in; they are all beside one another. */
static char *folder_of(const DatasetModel *model, Arena *arena, Error *err)
{
    const char *slash = strrchr(model->files[0], '/');
    return arena_text_span(arena, model->files[0], (size_t)(slash - model->files[0]), err);
}

static bool run_published(const StageRun *run, const PretrainJob *job, Error *err)
{
    DatasetModel model;
    const char *folder, *hash = pretrain_published_name(job->spec);
    if (!data_shelf_find_folder(&folder, run->stage->services->data, hash, run->arena, err))
        return false;
    if (folder) return run_huggingface(run, folder, job, err);
    const Dataset *weights = stage_row_data(run, hash, err);
    if (!weights || !dataset_model(&model, weights, run->arena, err)) return false;
    const PublishedWeights released = {.load = load_openai, .source = &model};
    if (model.layout == WEIGHTS_OPENAI_GPT1) return published_run(job, &released, err);
    folder = folder_of(&model, run->arena, err);
    return folder && run_huggingface(run, folder, job, err);
}

static bool run_trained(const PretrainJob *job, Error *err)
{
    const CorpusText text = corpus_text_counted(job->tokens, job->held_out);
    return corpus_text_check_training(&text, err) && pretrain_run(job, err);
}

static bool run_stage(const StageRun *run, Error *err)
{
    const PretrainDocument *document = run->document;
    StageTokens tokens;
    const Kernels *kernels = arithmetic_kernels(&document->arithmetic, err);
    const Tokenizer *tokenizer = kernels ? stage_tokenizer_load(run, err) : NULL;
    int n_vocab = tokenizer ? tokenizer_n_tokens(tokenizer) : 0;
    if (!tokenizer || !stage_tokens_open(&tokens, run, n_vocab, document->held_out, err))
        return false;
    const PretrainJob job = {
        .spec = &document->pretrain,
        .model = &document->model,
        .kernels = kernels,
        .tokens = &tokens.file,
        .held_out = tokens.held_out,
        .text = special_tokens_text(tokenizer),
        .token_bytes = token_bytes(tokenizer, run->arena, err),
        .folder = run->folder,
    };
    if (!job.token_bytes) return false;
    return job.spec->published ? run_published(run, &job, err) : run_trained(&job, err);
}

static bool cost(StageCost *cost, const StageRequest *request, const void *document, Arena *arena,
                 Error *err)
{
    return request->weights ? estimate_probe_published(cost, request, arena, err)
                            : estimate_pretrain(cost, request, document, arena, err);
}

static const char *const settings[] = {"held_out", "corpus.held_out", NULL};

const StageRow stage_pretrain = {
    .kind = {.name = "pretrain",
             .version = PRETRAIN_NUMERICS_VERSION,
             .run = stage_row_run,
             .resume_file = TRAINING_RESUME_FILE},
    .help = "trains the language model, or reads published weights",
    .inputs = {&stage_tokens, &stage_tokenizer},
    .applies = settings_pretrains,
    .document = &document_table,
    .settings = settings,
    .check = check,
    .fill = fill,
    .title = title,
    .cost = cost,
    .run = run_stage,
};

bool stage_pretrain_document(PretrainDocument *document, const StageRun *run, Error *err)
{
    return stage_row_read(document, stage_row_input(run, &stage_pretrain), run->arena, err);
}

bool stage_pretrain_read(PretrainSums *sums, const Stage *stage, Arena *arena, Error *err)
{
    return stage_output_read(sums, &pretrain_run_sums_table, stage, PRETRAIN_SUMS_FILE, arena, err);
}
