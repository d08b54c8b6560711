/* Families of Hugging Face's library: their tensors against what the library wrote (tests/golden/huggingface), and
 * back. */
#include <criterion/criterion.h>
#include <string.h>

#include "../golden_file.h"
#include "../golden_weights.h"
#include "../scratch_folder.h"
#include "base/file.h"
#include "kernels/kernels.h"
#include "model/gpt_spec.h"
#include "model/huggingface.h"
#include "model/huggingface_names.h"
#include "model/t5_spec.h"

#define GOLDEN "tests/golden/huggingface/huggingface.json"

enum { N_VOCAB = 61, N_CLASS = 3 };
static const GptSpec bert_spec = {2, 2, 16, 16, 0.1, 0.1, GPT_GELU_ERF};
static const T5Spec t5_spec = {2, 2, 8, 160, 0.1};

/* A row for each kind of model of the file. */
static const struct Case {
    const char *name, *model_type;
    const void *spec;
    HuggingfaceHeadKind head;
    size_t n_output; /* of the head */
    bool tells_pairs;
    const char *config[3]; /* what config.json says, up to NULL */
} cases[] = {
    {"bert", "bert", &bert_spec, HUGGINGFACE_HEAD_NONE, 0, false, {"BertForMaskedLM"}},
    {"bert of pairs", "bert", &bert_spec, HUGGINGFACE_HEAD_NONE, 0, true, {"BertForPreTraining"}},
    {"bert classifier",
     "bert",
     &bert_spec,
     HUGGINGFACE_HEAD_CLASSES,
     N_CLASS,
     false,
     {"BertForSequenceClassification", "\"problem_type\": \"single_label_classification\""}},
    {"bert number",
     "bert",
     &bert_spec,
     HUGGINGFACE_HEAD_NUMBER,
     1,
     false,
     {"BertForSequenceClassification", "\"problem_type\": \"regression\""}},
    {"bert choice",
     "bert",
     &bert_spec,
     HUGGINGFACE_HEAD_CHOICE,
     1,
     false,
     {"BertForMultipleChoice"}},
    {"t5", "t5", &t5_spec, HUGGINGFACE_HEAD_NONE, 0, false, {"T5ForConditionalGeneration"}},
};
enum { N_CASES = sizeof cases / sizeof *cases };

static Arena *arena;
static Error err;
static const HuggingfaceFamily *family;
static TensorTable ours;
static HuggingfaceNames names;
static real *block;
static const char *folder;

static void begin(void)
{
    scratch_folder_make();
    arena = arena_create("test", &err);
    cr_assert(arena, "%s", err.text);
    folder = arena_text(arena, scratch_folder_path("model"), &err);
}

static void end(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

TestSuite(huggingface_families, .init = begin, .fini = end);

static void add_head(const char *name, int n_channel, size_t n_output)
{
    const size_t C = (size_t)n_channel;
    cr_assert(family->architecture->pooler->weights(&ours, n_channel, N_VOCAB, &err) >= 0);
    cr_assert(tensors_add(&ours, &err, 0, TENSOR_LAYER_HEAD, 2, C, n_output, "%s.weight", name) >=
              0);
    cr_assert(tensors_add(&ours, &err, 0, TENSOR_LAYER_HEAD, 1, n_output, 0, "%s.bias", name) >= 0);
}

static void add_tops(const struct Case *c)
{
    const Architecture *architecture = family->architecture;
    const int C = architecture->shape(c->spec).n_channel;
    cr_assert(c->head != HUGGINGFACE_HEAD_NONE || !architecture->readout ||
              architecture->readout->weights(&ours, C, N_VOCAB, &err) >= 0);
    if (c->tells_pairs) add_head(TOP_NEXT_SENTENCE, C, 2);
    if (c->head != HUGGINGFACE_HEAD_NONE) add_head("head", C, c->n_output);
}

/* The model of the formula, written as the library would. */
static void save(const struct Case *c)
{
    family = huggingface_family_named(c->model_type);
    cr_assert(family);
    ours = tensors_create(&kernels_fast.memory, arena);
    cr_assert(family->architecture->weights(&ours, c->spec, N_VOCAB, &err), "%s", err.text);
    add_tops(c);
    block = tensors_allocate(&ours, arena, &err);
    cr_assert(block && huggingface_names_table(&names, family, &ours, arena, &err), "%s", err.text);
    golden_weights_fill(&ours, block);
    real *theirs = huggingface_names_values(&names, &ours, block, arena, &err);
    const HuggingfaceConfig config = {.family = family,
                                      .spec = c->spec,
                                      .n_vocab = N_VOCAB,
                                      .head = c->head,
                                      .n_labels = (int)c->n_output,
                                      .tells_pairs = c->tells_pairs,
                                      .tokens = {0, -1, -1}};
    cr_assert(theirs && huggingface_save(folder, &config, &names.theirs, theirs, arena, &err), "%s",
              err.text);
}

static void expect_tensor(const SafetensorsFile *file, const SafetensorsTensor *tensor,
                          const Json *expected)
{
    const Json *shape = json_at(expected, 0);
    cr_assert_eq((size_t)tensor->rank, json_size(shape), "%s", tensor->name);
    for (int d = 0; d < tensor->rank; d++)
        cr_expect_eq(tensor->dim[d], (size_t)json_int(json_at(shape, (size_t)d)), "%s",
                     tensor->name);
    const HashText hash =
        hash_bytes(file->data + tensor->begin_bytes, tensor->end_bytes - tensor->begin_bytes);
    cr_expect_str_eq(hash.text, json_text(json_at(expected, 1)), "%s", tensor->name);
}

Test(huggingface_families, tensors_are_those_that_the_library_writes)
{
    const Json *families = golden_file_member(golden_file_open(GOLDEN, arena), "families");
    for (int i = 0; i < N_CASES; i++) {
        SafetensorsFile file;
        save(&cases[i]);
        const Json *tensors = golden_file_member(families, cases[i].name);
        const char *path = file_join(arena, folder, HUGGINGFACE_WEIGHTS_FILE, &err);
        cr_assert(safetensors_open(&file, path, arena, &err), "%s", err.text);
        cr_expect_eq(file.n_tensors, json_size(tensors), "%s", cases[i].name);
        for (size_t t = 0; t < file.n_tensors; t++)
            expect_tensor(&file, &file.tensors[t],
                          golden_file_member(tensors, file.tensors[t].name));
    }
}

/* Of a classifier all but its head. */
Test(huggingface_families, what_is_written_is_read_back_to_the_bit)
{
    for (int i = 0; i < N_CASES; i++) {
        HuggingfaceModel model;
        save(&cases[i]);
        cr_assert(huggingface_open(&model, folder, arena, &err), "%s", err.text);
        cr_expect_eq(model.family, family);
        cr_expect_eq(model.has_pooler,
                     cases[i].head != HUGGINGFACE_HEAD_NONE || cases[i].tells_pairs, "%s",
                     cases[i].name);
        cr_expect_eq(memcmp(model.spec, cases[i].spec, family->architecture->entry.table->size), 0);
        real *read = tensors_allocate(&ours, arena, &err);
        cr_assert(read && huggingface_load(&model, &ours, read, arena, &err), "%s", err.text);
        cr_expect_eq(memcmp(read, block, ours.n_elements * sizeof *read), 0, "%s", cases[i].name);
    }
}

Test(huggingface_families, the_config_names_the_class_that_opens_it)
{
    for (int i = 0; i < N_CASES; i++) {
        save(&cases[i]);
        const char *config = scratch_folder_read("model/config.json");
        for (const char *const *text = cases[i].config; *text; text++)
            cr_expect(strstr(config, *text), "%s: '%s' in %s", cases[i].name, *text, config);
    }
}

Test(huggingface_families, a_config_that_says_another_model_is_refused)
{
    static const char config[] =
        "{\"model_type\": \"bert\", \"vocab_size\": 61, \"max_position_embeddings\": 16, "
        "\"hidden_size\": 16, \"num_hidden_layers\": 2, \"num_attention_heads\": 2, "
        "\"intermediate_size\": 48, \"hidden_act\": \"relu\", \"layer_norm_eps\": 1e-5, "
        "\"position_embedding_type\": \"relative_key\"}";
    static const char *const texts[] = {"$.intermediate_size is 48, but a bert here has 64",
                                        "$.hidden_act is 'relu'", "$.layer_norm_eps is 1e-05",
                                        "$.position_embedding_type is 'relative_key'"};
    HuggingfaceModel model;
    save(&cases[0]);
    scratch_folder_write("model/config.json", config, strlen(config));
    cr_assert_not(huggingface_open(&model, folder, arena, &err));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_expect(strstr(err.text, texts[i]), "'%s' in %s", texts[i], err.text);
}
