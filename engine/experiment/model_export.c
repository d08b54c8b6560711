#include "experiment/model_export.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "experiment/export_tokens.h"
#include "experiment/model_card.h"
#include "experiment/plan_check.h"
#include "learner/objectives.h"
#include "model/huggingface.h"
#include "model/huggingface_classifier.h"
#include "model/lstm.h"
#include "model/weights.h"
#include "stages/labelled.h"
#include "text/bpe_method.h"
#include "text/vocabulary.h"
#include "train/training.h"

/* What is exported, found in the plan. */
typedef struct Source {
    PlanModel model;
    const Architecture *architecture;
    const HuggingfaceFamily *family; /* NULL: the library has no such model */
    Head head;                       /* of a task's model with one, and ... */
    HuggingfaceHeadKind head_kind;   /* ... what it is there */
    Tokenizer *tokenizer;
    SpecialTokens special;
    Arena *arena;
} Source;

/* --- what a head is there ---------------------------------------------------------------------- */

static HuggingfaceHeadKind kind_there(const Head *head)
{
    if (head->states_added > 1) return HUGGINGFACE_HEAD_NONE;
    if (head->kind == &head_kind_classes) return HUGGINGFACE_HEAD_CLASSES;
    if (head->kind == &head_kind_squared_error) return HUGGINGFACE_HEAD_NUMBER;
    return head->kind == &head_kind_choice ? HUGGINGFACE_HEAD_CHOICE : HUGGINGFACE_HEAD_NONE;
}

static bool refuse_head(const Source *source, Error *err)
{
    const Head *head = &source->head;
    const char *name = source->model.task->name, *theirs = source->family->classifier;
    if (head->states_added > 1) {
        error_usage(err,
                    "task '%s' adds the states of two sequences, one in each order of its texts, "
                    "which %s cannot express",
                    name, theirs);
        return error_hint(err, "a task of form classification or entailment, or an architecture "
                               "that is told the two texts apart, as 'bert' is");
    }
    if (head->kind == &head_kind_soft_bins) {
        error_usage(err,
                    "task '%s' predicts a number as a mean of %d shares (finetune.regression is "
                    "'soft-bins'), but the number of a %s is its only output",
                    name, head->n_output, theirs);
        return error_hint(err,
                          "\"finetune\": {\"regression\": \"squared-error\"} in the experiment, "
                          "and run it again");
    }
    error_usage(err, "task '%s' has a head of the kind '%s', which %s cannot express", name,
                head->kind->name, theirs);
    return error_hint(err, "a task of form classification or entailment");
}

/* A family without heads answers a task in words, as a language model. */
static bool find_head(Source *source, Error *err)
{
    if (!source->model.task || !source->family || !source->family->classifier) return true;
    const Settings *settings = source->model.cell->settings;
    source->head = labelled_head(source->model.task->info, (int)settings->finetune.regression,
                                 &settings->model);
    const HuggingfaceHeadKind kind = kind_there(&source->head);
    if (kind == HUGGINGFACE_HEAD_NONE || !huggingface_family_class(source->family, kind))
        return refuse_head(source, err);
    source->head_kind = kind;
    return true;
}

/* --- what is asked for ------------------------------------------------------------------------- */

static bool find(Source *source, const Plan *plan, const PlanModelChoice *choice, Error *err)
{
    PlanModel *model = &source->model;
    if (!plan_model_find(model, plan, choice, err) || !plan_model_check(model, err) ||
        (model->evaluate && !plan_check_stage(plan, model->evaluate, err)))
        return false;
    source->architecture = architecture_of(&model->cell->settings->model);
    source->family = huggingface_family_of(source->architecture);
    source->tokenizer = tokenizer_load(model->cell->tokenizer->folder, source->arena, err);
    if (!source->tokenizer) return false;
    source->special =
        objectives_tokens(source->architecture, special_tokens_text(source->tokenizer));
    return find_head(source, err);
}

/* --- a model of the library -------------------------------------------------------------------- */

static char *weights_path(const Source *source, Error *err)
{
    return file_join(source->arena, source->model.stage->folder, TRAINING_WEIGHTS_FILE, err);
}

/* The weights of the table as they were trained. */
static real *load(const TensorTable *table, const Source *source, Error *err)
{
    const char *path = weights_path(source, err);
    WeightsBlock block = {"", path ? tensors_allocate(table, source->arena, err) : NULL};
    bool loaded = block.block && weights_load(path, table, &block, 1, NULL, source->arena, err);
    return loaded ? block.block : NULL;
}

/* With its readout, if it has one, and with what it was told of pairs of texts by, if it was. */
static real *load_language_model(TensorTable *table, const Source *source, Error *err)
{
    const Settings *settings = source->model.cell->settings;
    const Architecture *architecture = source->architecture;
    Head pairs = head_next_sentence(architecture->pooler);
    *table = tensors_create(&source->model.plan->kernels->memory, source->arena);
    if (!architecture_language_model(table, architecture, settings->model.spec,
                                     source->special.n_language_model, err) ||
        (settings_tells_pairs(settings) &&
         !head_weights(&pairs, table, architecture->shape(settings->model.spec).n_channel, err)))
        return NULL;
    return load(table, source, err);
}

static real *load_classifier(TensorTable *table, Head *head, const Source *source, Error *err)
{
    const SpecEntryChoice *model = &source->model.cell->settings->model;
    const Architecture *architecture = source->architecture;
    *table = tensors_create(&source->model.plan->kernels->memory, source->arena);
    return architecture->weights(table, model->spec, source->special.n_task, err) &&
                   head_weights(head, table, architecture->shape(model->spec).n_channel, err)
               ? load(table, source, err)
               : NULL;
}

static HuggingfaceConfig config_of(const Source *source)
{
    const bool has_head = source->head_kind != HUGGINGFACE_HEAD_NONE;
    const StageTask *task = has_head ? source->model.task : NULL;
    return (HuggingfaceConfig){
        .family = source->family,
        .spec = source->model.cell->settings->model.spec,
        .n_vocab = task ? source->special.n_task : source->special.n_language_model,
        .head = source->head_kind,
        .n_labels = task ? task->info->n_labels : 0,
        .label_names = task ? task->info->label_names : NULL,
        .tells_pairs = !task && settings_tells_pairs(source->model.cell->settings),
        .tokens = export_tokens_config(&source->special, source->tokenizer),
    };
}

static bool write_language_model(const char *folder, const Source *source, Error *err)
{
    TensorTable ours;
    HuggingfaceNames names;
    const HuggingfaceConfig config = config_of(source);
    const real *block = load_language_model(&ours, source, err);
    real *theirs = NULL;
    if (block && huggingface_names_table(&names, source->family, &ours, source->arena, err))
        theirs = huggingface_names_values(&names, &ours, block, source->arena, err);
    return theirs && huggingface_save(folder, &config, &names.theirs, theirs, source->arena, err);
}

/* The numbers of a head as they are there: with a bias, and of a number on the scale of its data. */
static bool read_head(HuggingfaceHead *outputs, const Head *head, const TensorTable *ours,
                      const real *block, const Source *source, Error *err)
{
    const TensorInfo *weight = &ours->items[head->weight];
    const size_t n = weight->n, n_bias = (size_t)head->n_output;
    real *values = arena_alloc(source->arena, n + n_bias, sizeof *values, err);
    if (!values) return false;
    ours->memory->copy_out(values, block + weight->offset, n);
    if (head->bias >= 0)
        ours->memory->copy_out(values + n, block + ours->items[head->bias].offset, n_bias);
    if (source->head_kind == HUGGINGFACE_HEAD_NUMBER) {
        const double low = head->range.low, width = head->range.high - low;
        for (size_t i = 0; i < n + 1; i++)
            values[i] = (real)((double)values[i] * width + (i < n ? 0 : low));
    }
    *outputs = (HuggingfaceHead){(int)weight->dim[0], head->n_output, values, values + n};
    return true;
}

static bool write_classifier(const char *folder, const Source *source, Error *err)
{
    TensorTable ours;
    HuggingfaceNames names;
    HuggingfaceHead outputs;
    Head head = source->head;
    const HuggingfaceConfig config = config_of(source);
    const real *block = load_classifier(&ours, &head, source, err);
    if (!block || !read_head(&outputs, &head, &ours, block, source, err)) return false;
    real *theirs =
        huggingface_classifier(&names, source->family, &ours, block, &outputs, source->arena, err);
    return theirs && huggingface_save(folder, &config, &names.theirs, theirs, source->arena, err);
}

static bool write_tokenizer(const char *folder, const Source *source, Error *err)
{
    ExportTokens tokens;
    if (!export_tokens_make(&tokens, &source->special, source->model.task, source->arena, err))
        return false;
    const SpecEntryChoice *model = &source->model.cell->settings->model;
    const TokenizerExport tokenizer = {
        .tokenizer = source->tokenizer,
        .source = source->model.cell->tokenizer->folder,
        .n_context = source->architecture->shape(model->spec).n_context,
        .tells_segments = source->architecture->n_segment > 0,
        .n_added = tokens.n,
        .added = tokens.added,
        .frame = tokens.has_frame ? &tokens.frame : NULL,
    };
    return tokenizer_huggingface_write(folder, &tokenizer, source->arena, err);
}

/* What generate() of the library begins with, where there is one. */
static bool write_generation(const char *folder, const Source *source, Error *err)
{
    Arena *arena = source->arena;
    if (source->architecture->mask != ATTENTION_CAUSAL) return true;
    const HuggingfaceTokens tokens = export_tokens_config(&source->special, source->tokenizer);
    const char *path = file_join(arena, folder, "generation_config.json", err);
    Json *object = path ? json_new_object(arena, err) : NULL;
    return object && json_set(object, "do_sample", json_new_bool(false, arena, err), err) &&
           json_set_integer(object, "pad_token_id", tokens.pad, arena, err) &&
           (tokens.start < 0 ||
            json_set_integer(object, "decoder_start_token_id", tokens.start, arena, err)) &&
           (tokens.end < 0 || json_set_integer(object, "eos_token_id", tokens.end, arena, err)) &&
           json_write_file(path, object, arena, err);
}

static bool write_library(const char *folder, const Source *source, Error *err)
{
    if (!write_tokenizer(folder, source, err)) return false;
    return source->head_kind != HUGGINGFACE_HEAD_NONE
               ? write_classifier(folder, source, err)
               : write_language_model(folder, source, err) && write_generation(folder, source, err);
}

/* --- an lstm ---------------------------------------------------------------------------------- */

static bool copy(const char *folder, const char *from_folder, const char *name, Arena *arena,
                 Error *err)
{
    const void *bytes;
    size_t size;
    const char *from = file_join(arena, from_folder, name, err);
    const char *to = from ? file_join(arena, folder, name, err) : NULL;
    return to && file_map(&bytes, &size, from, arena, err) && file_write(to, bytes, size, err);
}

/* What it is, for whoever opens the weights. */
static bool write_model(const char *folder, const Source *source, Error *err)
{
    Arena *arena = source->arena;
    const LstmSpec *spec = source->model.cell->settings->model.spec;
    const char *path = file_join(arena, folder, "model.json", err);
    Json *object = path ? json_new_object(arena, err) : NULL;
    return object &&
           json_set_text(object, "architecture", source->architecture->entry.name, arena, err) &&
           json_set_integer(object, "n_layer", spec->n_layer, arena, err) &&
           json_set_integer(object, "n_hidden", spec->n_hidden, arena, err) &&
           json_set_integer(object, "n_channel", spec->n_channel, arena, err) &&
           json_set_integer(object, "n_context", spec->n_context, arena, err) &&
           json_write_file(path, object, arena, err);
}

static bool write_lstm(const char *folder, const Source *source, Error *err)
{
    const char *tokenizer = source->model.cell->tokenizer->folder;
    Arena *arena = source->arena;
    return write_model(folder, source, err) &&
           copy(folder, source->model.stage->folder, TRAINING_WEIGHTS_FILE, arena, err) &&
           copy(folder, tokenizer, VOCABULARY_FILE, arena, err) &&
           copy(folder, tokenizer, BPE_METHOD_MERGES_FILE, arena, err);
}

/* --- the folder ------------------------------------------------------------------------------- */

static bool check_empty(const char *folder, Arena *arena, Error *err)
{
    char **names;
    size_t n = 0;
    if (!file_exists(folder)) return true;
    if (!file_is_folder(folder)) {
        error_usage(err, "%s: is a file", folder);
        return error_hint(err, "the name of a folder that is not there yet");
    }
    if (!file_list(&names, &n, folder, arena, err)) return false;
    if (n == 0) return true;
    error_usage(err, "%s: the folder is not empty", folder);
    return error_hint(err, "another folder, or remove what is in it");
}

static bool fill(const char *folder, const Source *source, Error *err)
{
    const ModelCard card = {&source->model, source->family, source->head_kind};
    if (!source->family && source->architecture != &lstm)
        return error_usage(err, "a model of the architecture '%s' cannot be exported",
                           source->architecture->entry.name);
    return file_make_folder(folder, err) &&
           (source->family ? write_library : write_lstm)(folder, source, err) &&
           model_card_write(folder, &card, source->arena, err);
}

/* "models/a" of "models/a//". */
static char *without_slashes(const char *folder, Arena *arena, Error *err)
{
    size_t size = strlen(folder);
    while (size > 1 && folder[size - 1] == '/') size--;
    return arena_text_span(arena, folder, size, err);
}

bool model_export_write(const Plan *plan, const ModelExportChoice *choice, Arena *arena, Error *err)
{
    Source source = {.arena = arena};
    const char *folder = without_slashes(choice->folder, arena, err);
    const char *part =
        folder ? arena_format(arena, err, "%s.tmp-%ld", folder, (long)getpid()) : NULL;
    if (!part || !check_empty(folder, arena, err) || !find(&source, plan, &choice->model, err))
        return false;
    if (fill(part, &source, err) && file_rename(part, folder, err)) return true;
    Error ignored = {0};
    (void)!file_remove_tree(part, &ignored);
    return error_wrap(err, "exporting a model of '%s'", plan->experiment->name);
}
