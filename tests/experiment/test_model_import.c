/* A model that somebody else wrote, taken in as data sets: what goes out through model_export comes back the same. */
#include <criterion/criterion.h>
#include <string.h>

#include "../plan_rig.h"
#include "../scratch_folder.h"
#include "base/buffer.h"
#include "base/file.h"
#include "data/dataset/dataset.h"
#include "experiment/model_export.h"
#include "experiment/model_import.h"

static Error err;

TestSuite(model_import, .init = plan_rig_begin, .fini = plan_rig_end);

static const char *path_of(const char *name)
{
    return arena_text(plan_rig_arena(), scratch_folder_path(name), &err);
}

static DatasetPlaces places(void)
{
    return (DatasetPlaces){.manifests = path_of("datasets"), .downloads = path_of("data")};
}

/* A trained model in a folder of theirs. */
static const char *exported(void)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT);
    plan_rig_run(&plan);
    const ModelExportChoice choice = {.model = {.seed = -1}, .folder = path_of("theirs")};
    cr_assert(model_export_write(&plan, &choice, plan_rig_arena(), &err), "%s", err.text);
    return choice.folder;
}

static bool import_as(ModelImport *import, const char *folder, const char *name, Error *error)
{
    const DatasetPlaces here = places();
    *error = (Error){0};
    return model_import_huggingface(import, folder, name, &here, plan_rig_arena(), error);
}

Test(model_import, weights_and_tokenizer_are_data_sets_that_verify)
{
    ModelImport import;
    DatasetModel model;
    TokenizerFiles files;
    const DatasetPlaces here = places();
    cr_assert(import_as(&import, exported(), "mine", &err), "%s", err.text);
    cr_expect_str_eq(import.weights, "mine");
    cr_expect_str_eq(import.tokenizer, "mine-tokens");
    const Dataset *weights = dataset_open("mine", &here, plan_rig_arena(), &err);
    const Dataset *tokens = dataset_open("mine-tokens", &here, plan_rig_arena(), &err);
    cr_assert(weights && tokens, "%s", err.text);
    cr_assert(dataset_model(&model, weights, plan_rig_arena(), &err) &&
                  dataset_tokenizer(&files, tokens, plan_rig_arena(), &err),
              "%s", err.text);
    cr_expect_eq(model.layout, WEIGHTS_HUGGINGFACE);
    cr_expect_eq(model.n, 2);
    cr_expect_eq(dataset_info(tokens)->n_tokens, import.model.n_vocab);
}

Test(model_import, the_settings_it_tells_begin_an_experiment_from_it)
{
    ModelImport import;
    cr_assert(import_as(&import, exported(), "mine", &err), "%s", err.text);
    Json *settings = model_import_settings(&import, plan_rig_arena(), &err);
    cr_assert(settings, "%s", err.text);
    char *text = json_print(settings, plan_rig_arena(), &err);
    char *inside = arena_text_span(plan_rig_arena(), text + 1, strrchr(text, '}') - text - 1, &err);
    Plan plan = plan_rig_build(
        arena_format(plan_rig_arena(), &err, "\"tasks\": [\"tiny-happy\"], %s", inside));
    cr_expect(strstr(plan_rig_run(&plan), "pretrain"));
}

Test(model_import, what_is_there_already_is_not_replaced)
{
    ModelImport import;
    Error wrong;
    const char *folder = exported();
    cr_assert(import_as(&import, folder, "mine", &err), "%s", err.text);
    cr_assert_not(import_as(&import, folder, "mine", &wrong));
    cr_expect(strstr(wrong.text, "mine.json is there already"), "%s", wrong.text);
    cr_assert_not(import_as(&import, folder, "tiny-books", &wrong));
    cr_expect(strstr(wrong.text, "tiny-books.json is there already"), "%s", wrong.text);
}

Test(model_import, nothing_is_written_of_a_folder_that_is_wrong)
{
    ModelImport import;
    Error wrong;
    const char *folder = exported();
    scratch_folder_write("theirs/vocab.json", "{\"<unk>\": 0}", 12);
    cr_assert_not(import_as(&import, folder, "mine", &wrong));
    cr_expect_not(file_exists(path_of("datasets/mine.json")));
    cr_expect_not(file_is_folder(path_of("data/own/mine")));
    cr_expect_not(file_is_folder(path_of("data/own/mine-tokens")));
    cr_assert_not(import_as(&import, path_of("nowhere"), "mine", &wrong));
    cr_assert_not(import_as(&import, folder, "../mine", &wrong));
    cr_expect(strstr(wrong.text, "is no name of a data set"), "%s", wrong.text);
    static const char *const names[] = {"two words", "a.lock", "$(x)", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cr_assert_not(import_as(&import, folder, names[i], &wrong));
        cr_expect(strstr(wrong.text, "is no name of a data set"), "%s", wrong.text);
    }
}

/* Nor of one that cannot be copied whole, so that the next try finds no part of it. */
Test(model_import, whatever_cannot_be_written_nothing_is_half_written)
{
    ModelImport import;
    const char *folder = exported();
    long n = 1;
    for (bool done = false; !done; n++) {
        Error wrong;
        file_fail_at(n);
        done = import_as(&import, folder, "mine", &wrong);
        file_fail_at(0);
        if (done) break;
        cr_expect_not(file_exists(path_of("datasets/mine.json")), "failure %ld", n);
        cr_expect_not(file_exists(path_of("data/own/.adding-mine")), "failure %ld", n);
        cr_expect_not(file_exists(path_of("datasets/mine-tokens.json")), "failure %ld", n);
    }
    cr_expect_gt(n, 10);
}

/* What newer versions of the library write: tokenizer.json alone. */
Test(model_import, the_tokenizer_of_tokenizer_json_is_that_of_the_two_files)
{
    ModelImport import;
    const char *folder = exported();
    cr_assert(import_as(&import, folder, "both", &err), "%s", err.text);
    cr_assert(file_remove_tree(path_of("theirs/merges.txt"), &err) &&
              file_remove_tree(path_of("theirs/vocab.json"), &err));
    cr_assert(import_as(&import, folder, "one", &err), "%s", err.text);
    cr_expect_str_eq(import.tokenizer, "one-tokens");
    const char *merges =
        arena_text(plan_rig_arena(), scratch_folder_read("data/own/both-tokens/merges.txt"), &err);
    cr_expect_str_eq(scratch_folder_read("data/own/one-tokens/merges.txt"), merges);
    const Json *first =
        json_parse_file(path_of("data/own/both-tokens/vocab.json"), plan_rig_arena(), &err);
    const Json *second =
        json_parse_file(path_of("data/own/one-tokens/vocab.json"), plan_rig_arena(), &err);
    cr_expect(first && second && json_same(first, second));
}

/* Of as many pieces as the model has rows; the letters are among them. */
static void write_pieces(int n)
{
    Buffer lines = buffer_create(plan_rig_arena());
    cr_assert(buffer_add_text(&lines, "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n", &err));
    for (int i = 0; i < n - 5; i++)
        cr_assert(i < 26   ? buffer_format(&lines, &err, "%c\n", 'a' + i)
                  : i < 52 ? buffer_format(&lines, &err, "##%c\n", 'a' + i - 26)
                           : buffer_format(&lines, &err, "p%d\n", i));
    scratch_folder_write("theirs/vocab.txt", lines.data, lines.size);
}

static void remove_tokenizer(void)
{
    cr_assert(file_remove_tree(path_of("theirs/merges.txt"), &err) &&
              file_remove_tree(path_of("theirs/tokenizer.json"), &err));
}

/* It says what it began with, and nothing of rules that are the engine's. */
static void expect_card_of_what_was_taken_over(const Plan *plan)
{
    const ModelExportChoice choice = {.model = {.seed = -1}, .folder = path_of("again")};
    cr_assert(model_export_write(plan, &choice, plan_rig_arena(), &err), "%s", err.text);
    const char *card = scratch_folder_read("again/README.md");
    cr_expect(strstr(card, "| weights to begin with | "), "%s", card);
    cr_expect_not(strstr(card, "| pre-training | "), "%s", card);
    cr_expect(strstr(card, "The files of the tokenizer are those that were taken over"), "%s",
              card);
    cr_expect_not(strstr(card, "regular expressions"), "%s", card);
}

Test(model_import, a_vocabulary_of_pieces_is_taken_with_its_settings_and_begins_an_experiment)
{
    static const char settings[] = "{\"do_lower_case\": false}";
    ModelImport import;
    TokenizerFiles files;
    const DatasetPlaces here = places();
    const char *folder = exported();
    cr_assert(import_as(&import, folder, "theirs", &err), "%s", err.text);
    remove_tokenizer();
    write_pieces(import.model.n_vocab);
    scratch_folder_write("theirs/tokenizer_config.json", settings, strlen(settings));
    cr_assert(import_as(&import, folder, "mine", &err), "%s", err.text);
    const Dataset *tokens = dataset_open("mine-tokens", &here, plan_rig_arena(), &err);
    cr_assert(tokens && dataset_tokenizer(&files, tokens, plan_rig_arena(), &err), "%s", err.text);
    cr_expect_str_eq(files.method, "wordpiece");
    cr_expect_str_eq(dataset_info(tokens)->tokenizer_method, "wordpiece");
    cr_expect_not_null(files.settings);
    cr_expect_null(files.merges);
    char *text =
        json_print(model_import_settings(&import, plan_rig_arena(), &err), plan_rig_arena(), &err);
    char *inside = arena_text_span(plan_rig_arena(), text + 1, strrchr(text, '}') - text - 1, &err);
    Plan plan = plan_rig_build(
        arena_format(plan_rig_arena(), &err, "\"tasks\": [\"tiny-happy\"], %s", inside));
    cr_expect(strstr(plan_rig_run(&plan), "finetune"));
    expect_card_of_what_was_taken_over(&plan);
}

Test(model_import, tokenizer_json_is_read_by_the_method_of_its_model)
{
    static const char unigram[] = "{\"model\": {\"type\": \"Unigram\", \"unk_id\": 0, \"vocab\": "
                                  "[[\"<unk>\", 0], [\"a\", -1]]}}";
    ModelImport import;
    Error wrong;
    const char *folder = exported();
    remove_tokenizer();
    scratch_folder_write("theirs/tokenizer.json", unigram, strlen(unigram));
    cr_assert_not(import_as(&import, folder, "mine", &wrong));
    cr_expect(strstr(wrong.text, "has 2 tokens, but the model"), "%s", wrong.text);
    cr_expect_not(file_is_folder(path_of("data/own/mine-tokens")));
    scratch_folder_write("theirs/tokenizer.json", "[]", 2);
    cr_assert_not(import_as(&import, folder, "mine", &wrong));
    cr_expect(strstr(wrong.text, "$.model: is not there"), "%s", wrong.text);
}

Test(model_import, spiece_model_is_read_by_its_method)
{
    ModelImport import;
    Error wrong;
    const char *folder = exported();
    remove_tokenizer();
    scratch_folder_write("theirs/spiece.model", "no model", 8);
    cr_assert_not(import_as(&import, folder, "mine", &wrong));
    cr_expect(strstr(wrong.text, "no model of SentencePiece"), "%s", wrong.text);
}

Test(model_import, without_a_tokenizer_the_weights_are_taken_alone)
{
    ModelImport import;
    const char *folder = exported();
    remove_tokenizer();
    cr_assert(import_as(&import, folder, "mine", &err), "%s", err.text);
    cr_expect_null(import.tokenizer);
    cr_expect_not(file_exists(path_of("datasets/mine-tokens.json")));
}
