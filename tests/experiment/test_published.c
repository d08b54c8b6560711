/* Published weights in the place of a pre-training: everything after them works as after our own. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../plan_rig.h"
#include "../scratch_folder.h"
#include "base/file.h"
#include "experiment/outcome.h"
#include "model/gpt.h"
#include "model/huggingface.h"
#include "model/huggingface_gpt.h"
#include "model/huggingface_names.h"
#include "model/safetensors.h"
#include "model/weights.h"

static Error err;

TestSuite(published, .init = plan_rig_begin, .fini = plan_rig_end);

#define PUBLISHED "\"pretrain\": {\"published\": \"tiny-weights\"}"
enum { LAYERS = 2, CHANNELS = 16, CONTEXT = 64 };

/* --- a model of the layout, its values known ------------------------------------------------------- */

static Buffer bytes_of_shard(const float *values, size_t n)
{
    Buffer bytes = buffer_create(plan_rig_arena());
    const char *header = arena_format(
        plan_rig_arena(), &err, "{'descr': '<f4', 'fortran_order': False, 'shape': (%zu,), }\n", n);
    const unsigned char length[] = {(unsigned char)strlen(header), 0};
    cr_assert(buffer_add(&bytes, "\x93NUMPY\x01\x00", 8, &err) &&
              buffer_add(&bytes, length, sizeof length, &err) &&
              buffer_add_text(&bytes, header, &err) &&
              buffer_add(&bytes, values, n * sizeof *values, &err));
    return bytes;
}

static Buffer bytes_of_shapes(int n_vocab)
{
    Buffer text = buffer_create(plan_rig_arena());
    const int C = CHANNELS;
    bool ok = buffer_format(&text, &err, "[[%d, %d], [%d, %d]", CONTEXT, C, n_vocab, C);
    for (int b = 0; b < LAYERS; b++)
        ok &=
            buffer_format(&text, &err,
                          ", [1, %d, %d], [%d], [1, %d, %d], [%d], [%d], [%d], [1, %d, %d], [%d], "
                          "[1, %d, %d], [%d], [%d], [%d]",
                          C, 3 * C, 3 * C, C, C, C, C, C, C, 4 * C, 4 * C, 4 * C, C, C, C, C);
    cr_assert(ok && buffer_add_char(&text, ']', &err), "%s", err.text);
    return text;
}

/* Small values that differ, gains near 1: the long vector. */
static float *make_values(size_t n)
{
    float *values = arena_alloc(plan_rig_arena(), n, sizeof *values, &err);
    for (size_t i = 0; i < n; i++) values[i] = 0.02f * (float)sin((double)i * 0.7);
    return values;
}

static void write_file(const char *name, const Buffer *bytes)
{
    scratch_folder_write(arena_format(plan_rig_arena(), &err, "data/weights/%s", name), bytes->data,
                         bytes->size);
}

/* Puts the digests of what was written into the manifest, which goes with the test's own. */
static void write_manifest(void)
{
    static const char *const files[] = {"shapes.json", "params_0.npy", "params_1.npy"};
    Buffer text = buffer_create(plan_rig_arena());
    bool ok = buffer_add_text(&text,
                              "{\"title\": \"weights\", \"licence\": \"none\", \"form\": "
                              "\"weights\", \"metric\": \"perplexity\", \"ask_at\": "
                              "\"https://example.org\", \"weights\": {\"layout\": "
                              "\"openai-gpt1\", \"shapes\": \"weights/shapes.json\"}, \"files\": [",
                              &err);
    for (int i = 0; i < 3; i++) {
        HashText digest;
        const char *name = arena_format(plan_rig_arena(), &err, "data/weights/%s", files[i]);
        ok &= hash_file_for_git(&digest, scratch_folder_path(name), &err) &&
              buffer_format(&text, &err, "%s{\"path\": \"weights/%s\", \"git_blob\": \"%s\"}",
                            i ? ", " : "", files[i], digest.text);
    }
    cr_assert(ok && buffer_add_text(&text, "]}", &err), "%s", err.text);
    plan_rig_use_dataset("tiny-weights", text.data);
}

/* Tokens of the vocabulary that the small experiment learns. */
static int count_tokens(void)
{
    Plan plan = plan_rig_build("\"tasks\": [\"tiny-happy\"], \"pretrain\": null");
    plan_rig_run(&plan);
    const char *path = file_join(plan_rig_arena(), plan_rig_stage(&plan, "tokenizer")->folder,
                                 "vocabulary.json", &err);
    const Json *vocabulary = json_parse_file(path, plan_rig_arena(), &err);
    cr_assert(vocabulary, "%s", err.text);
    return (int)json_size(vocabulary);
}

static float *publish(size_t *n)
{
    const int n_vocab = count_tokens();
    const size_t C = CHANNELS;
    *n = (CONTEXT + (size_t)n_vocab) * C + LAYERS * (12 * C * C + 13 * C);
    float *values = make_values(*n);
    const Buffer shapes = bytes_of_shapes(n_vocab), first = bytes_of_shard(values, *n / 3),
                 second = bytes_of_shard(values + *n / 3, *n - *n / 3);
    write_file("shapes.json", &shapes);
    write_file("params_0.npy", &first);
    write_file("params_1.npy", &second);
    write_manifest();
    return values;
}

/* --- what is made of it ------------------------------------------------------------------------------ */

Test(published, weights_are_measured_and_handed_on_and_nothing_is_trained)
{
    size_t n;
    Outcome outcome;
    (void)publish(&n);
    Plan plan =
        plan_rig_build("\"measure\": [\"fine-tuning\", \"zero-shot\", \"context-window\"], "
                       "\"tasks\": [\"tiny-happy\"], \"zero_shot_tasks\": [\"tiny-happy\"], "
                       "\"probe\": {\"context_windows\": [1, 4], \"context_targets\": 5}, "
                       "\"grid\": {\"finetune.transfer_layers\": [0, 2]}, " PUBLISHED);
    const char *ran = plan_rig_run(&plan);
    cr_expect(strstr(ran, "pretrain") && strstr(ran, "finetune") && strstr(ran, "zero-shot") &&
                  strstr(ran, "context-window") && strstr(ran, "sample"),
              "%s", ran);
    cr_assert(outcome_read(&outcome, &plan, plan_rig_arena(), &err), "%s", err.text);
    cr_expect_eq(outcome.pretrains[0].updates, 0);
    cr_expect_eq(outcome.pretrains[0].parameters, (int64_t)n);
    cr_expect_gt(outcome.pretrains[0].held_out_perplexity, 1.0);
}

Test(published, the_same_weights_stand_in_the_store)
{
    size_t n;
    const float *values = publish(&n);
    Plan plan = plan_rig_build("\"tasks\": [\"tiny-happy\"], " PUBLISHED);
    plan_rig_run(&plan);
    const Stage *stage = plan_rig_stage(&plan, "pretrain");
    SafetensorsFile file;
    const char *path = file_join(plan_rig_arena(), stage->folder, "weights.safetensors", &err);
    cr_assert(safetensors_open(&file, path, plan_rig_arena(), &err), "%s", err.text);
    const SafetensorsTensor *positions = safetensors_find(&file, "position_embedding.weight");
    const SafetensorsTensor *tokens = safetensors_find(&file, "token_embedding.weight");
    const size_t n_positions = CONTEXT * CHANNELS;
    cr_expect_arr_eq(file.data + positions->begin_bytes, values, n_positions * sizeof(float));
    cr_expect_arr_eq(file.data + tokens->begin_bytes, values + n_positions,
                     tokens->end_bytes - tokens->begin_bytes);
}

Test(published, the_key_is_that_of_the_content_not_of_the_name)
{
    size_t n;
    HashText one, other;
    (void)publish(&n);
    Plan plan = plan_rig_build("\"tasks\": [\"tiny-happy\"], " PUBLISHED);
    one = plan_rig_stage(&plan, "pretrain")->key;
    plan_rig_copy_dataset("tiny-weights", "other-name");
    plan = plan_rig_build(
        "\"tasks\": [\"tiny-happy\"], \"pretrain\": {\"published\": \"other-name\"}");
    other = plan_rig_stage(&plan, "pretrain")->key;
    cr_expect_str_eq(one.text, other.text);
}

Test(published, weights_of_another_size_name_the_tensor_and_leave_nothing)
{
    size_t n;
    (void)publish(&n);
    Plan plan =
        plan_rig_build("\"tasks\": [\"tiny-happy\"], \"model\": {\"n_channel\": 32}, " PUBLISHED);
    Error wrong = {0};
    cr_assert_not(plan_rig_go(&plan, 1, &wrong));
    cr_expect(
        strstr(wrong.text, "stands where the model has 'position_embedding.weight' of [64,32]"),
        "%s", wrong.text);
    cr_expect_not(file_is_folder(plan_rig_stage(&plan, "pretrain")->folder));
}

Test(published, a_data_set_of_another_form_is_refused)
{
    Plan plan;
    Error wrong = {0};
    cr_assert_not(plan_rig_try(
        &plan, "\"tasks\": [\"tiny-happy\"], \"pretrain\": {\"published\": \"tiny-books\"}",
        &wrong));
    cr_expect(
        strstr(wrong.text, "pretrain.published 'tiny-books' is of form 'corpus', not 'weights'"),
        "%s", wrong.text);
}

/* The model of a finished pre-training as a folder of Hugging Face's library. */
static const char *export_folder(const Stage *pretrain, int n_vocab)
{
    Arena *arena = plan_rig_arena();
    const GptSpec spec = {
        .n_layer = LAYERS, .n_head = 2, .n_channel = CHANNELS, .n_context = CONTEXT};
    const HuggingfaceConfig config = {
        .family = &huggingface_gpt, .spec = &spec, .n_vocab = n_vocab};
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    HuggingfaceNames names;
    cr_assert(gpt_weights(&table, &spec, n_vocab, &err) &&
              huggingface_names_table(&names, &huggingface_gpt, &table, arena, &err));
    real *block = tensors_allocate(&table, arena, &err);
    const WeightsBlock weights = {"", block};
    const char *path = file_join(arena, pretrain->folder, "weights.safetensors", &err);
    const char *folder = arena_text(arena, scratch_folder_path("theirs"), &err);
    cr_assert(weights_load(path, &table, &weights, 1, NULL, arena, &err) &&
                  file_make_folder(folder, &err),
              "%s", err.text);
    real *theirs = huggingface_names_values(&names, &table, block, arena, &err);
    cr_assert(theirs && huggingface_save(folder, &config, &names.theirs, theirs, arena, &err), "%s",
              err.text);
    return folder;
}

static double perplexity_of(const Plan *plan)
{
    Outcome outcome;
    cr_assert(outcome_read(&outcome, plan, plan_rig_arena(), &err), "%s", err.text);
    return outcome.pretrains[0].held_out_perplexity;
}

static Plan build_from_folder(const char *folder, const char *more)
{
    return plan_rig_build(arena_format(plan_rig_arena(), &err,
                                       "\"tasks\": [\"tiny-happy\"], \"pretrain\": {\"published\": "
                                       "{\"folder\": \"%s\"}}%s",
                                       folder, more));
}

Test(published, a_folder_of_hugging_face_gives_the_numbers_of_what_it_was_written_from)
{
    Plan own = plan_rig_build(PLAN_RIG_SHORT);
    plan_rig_run(&own);
    const char *folder = export_folder(plan_rig_stage(&own, "pretrain"), count_tokens());
    Plan theirs = build_from_folder(folder, "");
    cr_expect_str_eq(plan_rig_run(&theirs), "pretrain sample finetune evaluate");
    /* What is stored is rounded to 32 bits, which only a build in double notices. */
    const double allowed = sizeof(real) == sizeof(float) ? 0 : 1e-6;
    const double mine = perplexity_of(&own);
    cr_expect_leq(fabs(perplexity_of(&theirs) / mine - 1), allowed);
}

Test(published, a_folder_that_changed_is_another_pre_training)
{
    Plan own = plan_rig_build(PLAN_RIG_SHORT);
    plan_rig_run(&own);
    const char *folder = export_folder(plan_rig_stage(&own, "pretrain"), count_tokens());
    Plan before = build_from_folder(folder, "");
    scratch_folder_write("theirs/notes.txt", "x", 1);
    Plan same = build_from_folder(folder, "");
    scratch_folder_write("theirs/model-2.safetensors", "x", 1);
    Plan after = build_from_folder(folder, "");
    const char *key = plan_rig_stage(&before, "pretrain")->key.text;
    cr_expect_str_eq(plan_rig_stage(&same, "pretrain")->key.text, key);
    cr_expect_str_neq(plan_rig_stage(&after, "pretrain")->key.text, key);
}

Test(published, other_heads_than_a_folders_are_refused)
{
    Error wrong = {0};
    Plan own = plan_rig_build(PLAN_RIG_SHORT);
    plan_rig_run(&own);
    const char *folder = export_folder(plan_rig_stage(&own, "pretrain"), count_tokens());
    Plan plan = build_from_folder(folder, ", \"model\": {\"n_head\": 4}");
    cr_assert_not(plan_rig_go(&plan, 1, &wrong));
    cr_expect(strstr(wrong.text, "the model has n_head 2, but the settings say 4"), "%s",
              wrong.text);
}

Test(published, what_is_neither_a_name_nor_a_folder_is_refused)
{
    Plan plan;
    Error wrong = {0};
    cr_assert_not(plan_rig_try(
        &plan, "\"tasks\": [\"tiny-happy\"], \"pretrain\": {\"published\": {\"file\": \"x\"}}",
        &wrong));
    cr_expect(strstr(wrong.text, "expected the name of a data set, or an object with a folder"),
              "%s", wrong.text);
}

Test(published, claims_about_the_course_of_training_are_left_out)
{
    size_t n;
    (void)publish(&n);
    Plan plan = plan_rig_build(
        "\"measure\": [\"zero-shot\"], \"zero_shot_tasks\": [\"tiny-happy\"], "
        "\"variants\": {\"a\": {}}, \"claims\": [{\"id\": \"gain\", \"statement\": \"s\", "
        "\"better\": "
        "\"a\", \"on\": \"zero-shot\", \"at\": \"gain\"}, {\"id\": \"end\", \"statement\": \"s\", "
        "\"better\": \"a\", \"on\": \"zero-shot\", \"at\": \"last\"}], " PUBLISHED);
    const Experiment *experiment = plan.experiment;
    cr_assert_eq(experiment->n_claims, 1);
    cr_expect_str_eq(experiment->claims[0].id, "end");
    cr_assert_eq(experiment->omitted.n, 1);
    cr_expect_str_eq(experiment->omitted.text[0], "claim gain");
    const Json *omitted = json_get(experiment->document, "omitted");
    cr_expect_str_eq(json_text(json_at(omitted, 0)), "claim gain");
}

Test(published, an_lstm_has_no_published_weights)
{
    Plan plan;
    Error wrong = {0};
    cr_assert_not(plan_rig_try(&plan,
                               "\"tasks\": [\"tiny-happy\"], \"model\": {\"architecture\": "
                               "\"lstm\", \"n_hidden\": 8}, " PUBLISHED,
                               &wrong));
    cr_expect(strstr(wrong.text, "no published weights of architecture 'lstm' are read"), "%s",
              wrong.text);
}
