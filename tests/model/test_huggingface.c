/* Models in folders of Hugging Face's library, against what the library wrote and computed
 * (tests/golden/huggingface). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../golden_file.h"
#include "../golden_weights.h"
#include "../scratch_folder.h"
#include "base/file.h"
#include "model/gpt.h"
#include "model/huggingface.h"
#include "model/huggingface_gpt.h"
#include "model/huggingface_names.h"
#include "model/weights.h"
#include "model_rig.h"

#define GOLDEN "tests/golden/huggingface/huggingface.json"

static const GptSpec spec = {2, 2, 16, 16, 0.1, 0.1, GPT_GELU_TANH};
enum { N_VOCAB = 61, MOST = 96 };

static Arena *arena;
static Error err;
static TensorTable ours, theirs;
static HuggingfaceNames names;
static real *block, *their_block;

/* The model of the formula, and its tensors under their names. */
static void set_up(void)
{
    scratch_folder_make();
    arena = arena_create("test", &err);
    cr_assert(arena, "%s", err.text);
    ours = tensors_create(&kernels_fast.memory, arena);
    cr_assert(gpt_weights(&ours, &spec, N_VOCAB, &err), "%s", err.text);
    block = tensors_allocate(&ours, arena, &err);
    cr_assert(block && huggingface_names_table(&names, &huggingface_gpt, &ours, arena, &err), "%s",
              err.text);
    golden_weights_fill(&ours, block);
    theirs = names.theirs;
    their_block = huggingface_names_values(&names, &ours, block, arena, &err);
    cr_assert(their_block, "%s", err.text);
}

static void tear_down(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

TestSuite(huggingface, .init = set_up, .fini = tear_down);

static const char *folder(void)
{
    return arena_text(arena, scratch_folder_path("model"), &err);
}

static void save(void)
{
    const HuggingfaceConfig config = {
        .family = &huggingface_gpt, .spec = &spec, .n_vocab = N_VOCAB};
    cr_assert(huggingface_save(folder(), &config, &theirs, their_block, arena, &err), "%s",
              err.text);
}

static void write_text(const char *name, const char *text)
{
    scratch_folder_write(name, text, strlen(text));
}

/* A file of tensors of the table, in the folder of the model. */
static void save_tensors(const char *name, const TensorTable *table)
{
    const WeightsBlock weights = {"", their_block};
    cr_assert(
        weights_save(file_join(arena, folder(), name, &err), table, &weights, 1, NULL, arena, &err),
        "%s", err.text);
}

static void expect_open(void)
{
    HuggingfaceModel model;
    real *read = tensors_allocate(&ours, arena, &err);
    cr_assert(huggingface_open(&model, folder(), arena, &err), "%s", err.text);
    cr_assert(huggingface_load(&model, &ours, read, arena, &err), "%s", err.text);
    cr_expect_eq(memcmp(read, block, ours.n_elements * sizeof *block), 0);
}

/* All of the texts, up to NULL, are in the error. */
static void expect_refused(const char *const *texts)
{
    HuggingfaceModel model;
    cr_assert_not(huggingface_open(&model, folder(), arena, &err));
    for (; *texts; texts++) cr_expect(strstr(err.text, *texts), "'%s' in %s", *texts, err.text);
}

/* A tensor more than the table has, with the values at the front of the block. */
static void add_tensor(TensorTable *table, const char *name, int rank, size_t rows, size_t columns)
{
    TensorInfo *items = arena_alloc(arena, (size_t)table->n + 1, sizeof *items, &err);
    cr_assert(items);
    memcpy(items, table->items, (size_t)table->n * sizeof *items);
    items[table->n++] =
        (TensorInfo){.name = name, .rank = rank, .dim = {rows, columns, 1, 1}, .n = rows * columns};
    table->items = items;
}

/* --- what is written ------------------------------------------------------------------------------ */

Test(huggingface, tensors_are_those_that_the_library_writes)
{
    SafetensorsFile file;
    save();
    const Json *tensors = golden_file_member(golden_file_open(GOLDEN, arena), "tensors");
    const char *path = file_join(arena, folder(), HUGGINGFACE_WEIGHTS_FILE, &err);
    cr_assert(safetensors_open(&file, path, arena, &err), "%s", err.text);
    cr_assert_eq(file.n_tensors, json_size(tensors));
    for (size_t i = 0; i < file.n_tensors; i++) {
        const SafetensorsTensor *tensor = &file.tensors[i];
        const Json *expected = golden_file_member(tensors, tensor->name);
        const Json *shape = json_at(expected, 0);
        cr_assert_eq((size_t)tensor->rank, json_size(shape));
        for (int d = 0; d < tensor->rank; d++)
            cr_expect_eq(tensor->dim[d], (size_t)json_int(json_at(shape, (size_t)d)));
        const HashText hash =
            hash_bytes(file.data + tensor->begin_bytes, tensor->end_bytes - tensor->begin_bytes);
        cr_expect_str_eq(hash.text, json_text(json_at(expected, 1)), "%s", tensor->name);
    }
}

Test(huggingface, what_is_written_is_read_back_to_the_bit)
{
    save();
    expect_open();
}

Test(huggingface, the_config_says_what_the_model_is)
{
    HuggingfaceConfig config;
    save();
    const char *path = file_join(arena, folder(), HUGGINGFACE_CONFIG_FILE, &err);
    cr_assert(huggingface_config_read(&config, path, arena, &err), "%s", err.text);
    cr_expect_eq(config.n_vocab, N_VOCAB);
    cr_expect_eq(memcmp(config.spec, &spec, sizeof spec), 0);
}

/* Rounding of 32 bits, through two layers, to logits of a few units. */
Test(huggingface, logits_are_the_librarys_for_several_lengths)
{
    const double tolerance = sizeof(real) == sizeof(double) ? 1e-11 : 1e-4;
    HuggingfaceModel model;
    save();
    cr_assert(huggingface_open(&model, folder(), arena, &err), "%s", err.text);
    const Json *lengths = golden_file_member(golden_file_open(GOLDEN, arena), "logits");
    for (size_t i = 0; i < json_size(lengths); i++) {
        const char *word;
        Json *expected;
        Rig rig;
        json_member(lengths, i, &word, &expected);
        const Json *token = golden_file_member(expected, "token");
        const int n = (int)json_size(token);
        Batch batch = rig_batch(arena, &n, 1);
        batch.target.token = golden_file_ints(token, arena);
        rig_create(&rig, &gpt, &spec, N_VOCAB, 0, &kernels_fast, &batch);
        cr_assert(huggingface_load(&model, &rig.weights_table, rig.weights, arena, &err), "%s",
                  err.text);
        const size_t n_logits = (size_t)n * N_VOCAB;
        real *logits = arena_alloc(arena, n_logits, sizeof *logits, &err);
        rig_forward(&rig);
        rig_logits(&rig, logits);
        cr_expect_lt(
            golden_file_deviation(logits, n_logits, golden_file_member(expected, "logits"), arena),
            tolerance, "%s tokens", word);
        rig_destroy(&rig);
    }
}

/* --- what else is read ------------------------------------------------------------------------------ */

Test(huggingface, names_without_the_prefix_are_read)
{
    save();
    for (int i = 0; i < theirs.n; i++) theirs.items[i].name += strlen(huggingface_gpt.prefix);
    save_tensors(HUGGINGFACE_WEIGHTS_FILE, &theirs);
    expect_open();
}

Test(huggingface, masks_and_a_tied_output_matrix_are_no_weights)
{
    save();
    add_tensor(&theirs, "transformer.h.1.attn.bias", 2, 4, 4);
    add_tensor(&theirs, "lm_head.weight", 2, N_VOCAB, 16); /* the block begins with the table */
    save_tensors(HUGGINGFACE_WEIGHTS_FILE, &theirs);
    expect_open();
}

Test(huggingface, several_files_are_read_by_their_index)
{
    Buffer index = buffer_create(arena);
    save();
    TensorTable first = theirs, second = theirs;
    first.n = 5;
    second.items += 5;
    second.n -= 5;
    save_tensors("model-00001-of-00002.safetensors", &first);
    save_tensors("model-00002-of-00002.safetensors", &second);
    for (int i = 0; i < theirs.n; i++)
        cr_assert(buffer_format(&index, &err, "%s\"%s\": \"model-0000%d-of-00002.safetensors\"",
                                i ? ", " : "{\"weight_map\": {", theirs.items[i].name,
                                i < 5 ? 1 : 2));
    cr_assert(buffer_add_text(&index, "}}", &err));
    write_text("model/model.safetensors.index.json", index.data);
    cr_assert_eq(remove(scratch_folder_path("model/" HUGGINGFACE_WEIGHTS_FILE)), 0);
    expect_open();
}

/* --- what is refused -------------------------------------------------------------------------------- */

Test(huggingface, missing_surplus_and_misshapen_tensors_are_told_at_once)
{
    save();
    theirs.items[3].name = "transformer.h.0.attn.c_attn.bond";
    theirs.items[0].dim[0] = 16;
    theirs.items[0].dim[1] = N_VOCAB;
    save_tensors(HUGGINGFACE_WEIGHTS_FILE, &theirs);
    expect_refused((const char *[]){
        "there is no tensor 'transformer.h.0.attn.c_attn.bias'",
        "a gpt has no tensor 'transformer.h.0.attn.c_attn.bond'",
        "'transformer.tokens_embed.weight' has shape [16,61], but by config.json it is [61,16]",
        NULL});
}

Test(huggingface, an_output_matrix_of_its_own_is_refused)
{
    save();
    add_tensor(&theirs, "lm_head.weight", 2, N_VOCAB, 16);
    theirs.items[theirs.n - 1].offset = 16;
    save_tensors(HUGGINGFACE_WEIGHTS_FILE, &theirs);
    expect_refused(
        (const char *[]){"'lm_head.weight' is not 'transformer.tokens_embed.weight'", NULL});
}

Test(huggingface, a_config_is_checked_whole)
{
    save();
    write_text("model/config.json",
               "{\"model_type\": \"openai-gpt\", \"afn\": \"relu\", \"n_head\": 3, \"n_embd\": 16, "
               "\"n_layer\": 0, \"n_positions\": 16, \"resid_pdrop\": 0.2}");
    expect_refused((const char *[]){
        "$.vocab_size: expected a whole number", "$.n_layer: expected a whole number from 1 to 128",
        "$.afn is 'relu', but a gpt here is 'gelu'", "$.n_head: 3 does not divide n_embd = 16",
        "$.embd_pdrop is not $.resid_pdrop", NULL});
}

Test(huggingface, another_kind_of_model_is_refused_by_its_name)
{
    save();
    write_text("model/config.json", "{\"model_type\": \"gpt2\", \"n_ctx\": 16}");
    expect_refused((const char *[]){"$.model_type is 'gpt2', which is not read",
                                    "a folder of one of these models: OpenAIGPT, Bert, T5", NULL});
    cr_expect_not(strstr(err.text, "vocab_size"), "%s", err.text);
}

Test(huggingface, an_index_names_files_of_its_folder_only)
{
    save();
    write_text("model/model.safetensors.index.json", "{\"weight_map\": {\"a\": \"../x\"}}");
    cr_assert_eq(remove(scratch_folder_path("model/" HUGGINGFACE_WEIGHTS_FILE)), 0);
    expect_refused((const char *[]){"$.weight_map.a: expected the name of a file", NULL});
}
