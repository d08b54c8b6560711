/* Folders of a bert and a t5 that are damaged in one way each: what is wrong is named, with what to do, and nothing is
 * written. */
#include <criterion/criterion.h>
#include <string.h>

#include "../plan_rig.h"
#include "../scratch_folder.h"
#include "base/buffer.h"
#include "base/file.h"
#include "experiment/model_export.h"
#include "experiment/model_import.h"
#include "kernels/kernels.h"
#include "model/bert.h"
#include "model/gpt_spec.h"
#include "model/huggingface.h"
#include "model/huggingface_bert.h"
#include "model/huggingface_names.h"
#include "model/safetensors.h"

static Error err;
static const char *folder;

TestSuite(damaged_import, .init = plan_rig_begin, .fini = plan_rig_end);

typedef struct Family {
    const char *name, *objective;
    const char *positions, *width, *layers; /* keys of config.json */
    const char *table, *last;               /* tensors: the tokens', and one of the last layer */
} Family;

static const Family families[] = {
    {"bert", "masked-lm", "max_position_embeddings", "hidden_size", "num_hidden_layers",
     "bert.embeddings.word_embeddings.weight", "bert.encoder.layer.0.output.dense.weight"},
    {"t5", "span-corruption", "n_positions", "d_model", "num_layers", "shared.weight",
     "decoder.block.0.layer.2.DenseReluDense.wo.weight"},
};
enum { BERT, N_FAMILIES = sizeof families / sizeof *families };

static const char *path_of(const char *name)
{
    return arena_text(plan_rig_arena(), scratch_folder_path(name), &err);
}

static const char *format(const char *pattern, const char *text)
{
    Buffer buffer = buffer_create(plan_rig_arena());
    const char *at = strchr(pattern, '@');
    cr_assert(!at || (buffer_add(&buffer, pattern, (size_t)(at - pattern), &err) &&
                      buffer_add_text(&buffer, text, &err)));
    cr_assert(buffer_add_text(&buffer, at ? at + 1 : pattern, &err));
    return buffer.data;
}

/* A small one of the family, trained for a moment and exported. */
static void export_family(const Family *family, const char *n_context)
{
    const char *members = arena_format(
        plan_rig_arena(), &err,
        "\"tasks\": [\"tiny-happy\"], \"model\": {\"architecture\": \"%s\", \"n_layer\": 1, "
        "\"n_head\": 2, \"n_channel\": 16, \"n_context\": %s}, \"pretrain\": {\"objective\": "
        "\"%s\", \"tokens\": 500, \"checkpoints\": 1}, \"finetune\": {\"lm_coefficient\": 0}",
        family->name, n_context, family->objective);
    Plan plan = plan_rig_build(members);
    plan_rig_run(&plan);
    folder = path_of(format("theirs-@", family->name));
    const ModelExportChoice choice = {.model = {.seed = -1}, .folder = folder};
    cr_assert(model_export_write(&plan, &choice, plan_rig_arena(), &err), "%s", err.text);
}

static bool import(Error *wrong)
{
    ModelImport taken;
    const DatasetPlaces places = {.manifests = path_of("datasets"), .downloads = path_of("data")};
    *wrong = (Error){0};
    return model_import_huggingface(&taken, folder, "mine", &places, plan_rig_arena(), wrong);
}

/* The message, an "@" in it being `name`, and a hint. */
static void expect_refused(const char *text, const char *name)
{
    Error wrong;
    cr_assert_not(import(&wrong), "%s", text);
    cr_expect(strstr(wrong.text, format(text, name)), "'%s' in %s", format(text, name), wrong.text);
    cr_expect(strstr(wrong.text, "try: "), "%s", wrong.text);
    cr_expect_not(file_exists(path_of("datasets/mine.json")));
    cr_expect_not(file_is_folder(path_of("data/own/mine")));
    cr_expect_not(file_is_folder(path_of("data/own/mine-tokens")));
}

static const char *in_folder(const char *name)
{
    return file_join(plan_rig_arena(), folder, name, &err);
}

static void write_text(const char *name, const char *text)
{
    cr_assert(file_write(in_folder(name), text, strlen(text), &err), "%s", err.text);
}

/* config.json with a member changed; value NULL: without it. */
static void change_config(const char *key, const long long *value)
{
    Arena *arena = plan_rig_arena();
    Json *config = json_parse_file(in_folder("config.json"), arena, &err);
    cr_assert(config && json_get(config, key), "%s", key);
    json_remove(config, key);
    cr_assert((!value || json_set_integer(config, key, *value, arena, &err)) &&
              json_write_file(in_folder("config.json"), config, arena, &err));
}

static long long configured(const char *key)
{
    const Json *config = json_parse_file(in_folder("config.json"), plan_rig_arena(), &err);
    return json_int(json_get(config, key));
}

Test(damaged_import, a_config_without_what_it_must_say_is_refused_by_that_alone)
{
    for (int f = 0; f < N_FAMILIES; f++) {
        Error wrong;
        export_family(&families[f], "64");
        change_config(families[f].width, NULL);
        expect_refused("$.@: expected a whole number from 1 to 16384, found nothing",
                       families[f].width);
        cr_assert_not(import(&wrong));
        cr_expect_eq(wrong.n_errors, 1, "%s", wrong.text);
        change_config("model_type", NULL);
        expect_refused("$.model_type is not there", "");
    }
}

Test(damaged_import, weights_of_another_model_than_the_config_says_are_refused)
{
    for (int f = 0; f < N_FAMILIES; f++) {
        export_family(&families[f], "64");
        const long long n = configured("vocab_size"), more = n + 1, two = 2, one = 1;
        change_config("vocab_size", &more);
        expect_refused(arena_format(plan_rig_arena(), &err,
                                    "tensor '@' has shape [%lld,16], but by config.json it is "
                                    "[%lld,16]",
                                    n, more),
                       families[f].table);
        change_config("vocab_size", &n);
        change_config(families[f].layers, &two);
        if (f != BERT) change_config("num_decoder_layers", &two);
        expect_refused("there is no tensor '@",
                       f == BERT ? "bert.encoder.layer.1." : "encoder.block.1.");
        change_config(families[f].positions, &one);
        expect_refused("$.@: expected a whole number from 2 to 8192", families[f].positions);
    }
}

Test(damaged_import, files_of_weights_that_are_not_there_are_named)
{
    for (int f = 0; f < N_FAMILIES; f++) {
        export_family(&families[f], "64");
        cr_assert(file_remove_tree(in_folder("model.safetensors"), &err));
        expect_refused("model.safetensors: is not there", "");
        write_text("model.safetensors.index.json",
                   format("{\"weight_map\": {\"@\": \"model-00001-of-00002.safetensors\"}}",
                          families[f].table));
        expect_refused("model-00001-of-00002.safetensors: is not there, but "
                       "model.safetensors.index.json names it",
                       "");
        cr_assert(file_remove_tree(in_folder("config.json"), &err));
        expect_refused("config.json: is not there", "");
    }
}

/* The second value of a tensor becomes one that is no number. */
static void spoil(const char *name)
{
    static const unsigned char not_a_number[] = {0x00, 0x00, 0xc0, 0x7f};
    SafetensorsFile file;
    char *bytes;
    size_t size;
    const char *path = in_folder("model.safetensors");
    cr_assert(safetensors_open(&file, path, plan_rig_arena(), &err), "%s", err.text);
    const SafetensorsTensor *tensor = safetensors_find(&file, name);
    cr_assert(tensor, "%s", name);
    cr_assert(file_read(&bytes, &size, path, plan_rig_arena(), &err), "%s", err.text);
    memcpy(bytes + size - file.data_bytes + tensor->begin_bytes + sizeof(float), not_a_number,
           sizeof not_a_number);
    cr_assert(file_write(path, bytes, size, &err), "%s", err.text);
}

Test(damaged_import, values_that_are_no_numbers_are_found_before_anything_is_written)
{
    for (int f = 0; f < N_FAMILIES; f++) {
        export_family(&families[f], "64");
        spoil(families[f].last);
        expect_refused("tensor '@' holds nan at element 1, which is not a finite number",
                       families[f].last);
    }
}

/* So many pieces, some of which are the letters; the special ones with a name each, up to NULL. */
static void write_pieces(const char *const *special, long long n)
{
    Buffer lines = buffer_create(plan_rig_arena());
    for (; *special; special++, n--) cr_assert(buffer_format(&lines, &err, "%s\n", *special));
    for (long long i = 0; i < n; i++)
        cr_assert(buffer_format(&lines, &err, i < 26 ? "%c\n" : "p%d\n",
                                i < 26 ? (int)('a' + i) : (int)i));
    cr_assert(file_remove_tree(in_folder("merges.txt"), &err) &&
              file_remove_tree(in_folder("tokenizer.json"), &err));
    write_text("vocab.txt", lines.data);
}

Test(damaged_import, a_vocabulary_without_a_mask_is_refused_by_what_it_lacks)
{
    static const char *const special[] = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", NULL};
    export_family(&families[BERT], "64");
    write_pieces(special, configured("vocab_size"));
    expect_refused("has no token '@', which a bert needs", "[MASK]");
}

Test(damaged_import, a_vocabulary_of_another_size_is_refused)
{
    static const char *const special[] = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", NULL};
    export_family(&families[BERT], "64");
    const long long n = configured("vocab_size");
    write_pieces(special, n + 1);
    expect_refused(
        arena_format(plan_rig_arena(), &err, "has %lld tokens, but the model %lld", n + 1, n), "");
}

/* A t5 may have rows that no token has, but no token without a row. */
Test(damaged_import, of_a_t5_a_vocabulary_may_be_smaller_but_not_larger)
{
    Error wrong;
    export_family(&families[1], "64");
    const long long n = configured("vocab_size");
    Json *tokens = json_parse_file(in_folder("vocab.json"), plan_rig_arena(), &err);
    cr_assert(tokens &&
              json_set_integer(tokens, "more", (int64_t)json_size(tokens), plan_rig_arena(), &err));
    cr_assert(json_write_file(in_folder("vocab.json"), tokens, plan_rig_arena(), &err));
    expect_refused(
        arena_format(plan_rig_arena(), &err, "has %lld tokens, but the model %lld", n + 1, n), "");
    json_remove(tokens, "more");
    cr_assert(json_write_file(in_folder("vocab.json"), tokens, plan_rig_arena(), &err));
    cr_assert(import(&wrong), "%s", wrong.text);
}

/* [CLS] and [SEP] fill it. */
Test(damaged_import, a_bert_of_two_positions_has_no_room_for_a_text)
{
    static const GptSpec spec = {1, 2, 16, 2, 0.1, 0.1, GPT_GELU_ERF};
    const HuggingfaceConfig config = {.family = &huggingface_bert, .spec = &spec, .n_vocab = 61};
    Arena *arena = plan_rig_arena();
    TensorTable ours = tensors_create(&kernels_plain.memory, arena);
    HuggingfaceNames names;
    folder = path_of("theirs");
    cr_assert(bert.weights(&ours, &spec, 61, &err) && file_make_folder(folder, &err) &&
                  huggingface_names_table(&names, &huggingface_bert, &ours, arena, &err),
              "%s", err.text);
    real *block = tensors_allocate(&names.theirs, arena, &err);
    cr_assert(block && huggingface_save(folder, &config, &names.theirs, block, arena, &err), "%s",
              err.text);
    expect_refused("the model reads 2 tokens at most, and 2 stand around a text of a bert", "");
}
