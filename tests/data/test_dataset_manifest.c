#include <criterion/criterion.h>
#include <string.h>

#include "dataset_fixture.h"

TestSuite(dataset_manifest, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

#define DIGEST       "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER_DIGEST "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD         "\"title\": \"T\", \"licence\": \"L\", \"metric\": \"accuracy\", "
#define FILE_A       "{\"path\": \"a.tsv\", \"urls\": [\"u\"], \"sha256\": \"" DIGEST "\"}"
#define TABLE                                                                                      \
    "\"table\": {\"columns\": [\"x\", \"y\"], \"text\": [\"x\"], \"label\": \"y\", "               \
    "\"label_words\": [\"0\", \"1\"]}, "
#define SPLITS                                                                                     \
    "\"splits\": {\"train\": {\"sources\": [{\"file\": \"a.tsv\", \"rows\": 2}], \"rows\": 2}}"
#define ROWS_FORM "\"form\": \"classification\", \"labels\": [\"n\", \"p\"], "
#define GOOD      "{" HEAD ROWS_FORM "\"files\": [" FILE_A "], " TABLE SPLITS "}"

static bool opens(const char *manifest)
{
    DatasetFixture *f = &dataset_fixture;
    dataset_fixture_write_manifest("set", "%s", manifest);
    return dataset_open("set", &f->places, f->arena, &f->err) != NULL;
}

static HashText hash_of(const char *manifest)
{
    DatasetFixture *f = &dataset_fixture;
    HashText digest;
    dataset_fixture_write_manifest("set", "%s", manifest);
    cr_assert(dataset_hash(&digest, dataset_fixture_open("set"), f->arena, &f->err), "%s",
              f->err.text);
    return digest;
}

Test(dataset_manifest, a_right_manifest_opens)
{
    cr_expect(opens(GOOD), "%s", dataset_fixture.err.text);
}

Test(dataset_manifest, what_is_printed_of_it_is_text_that_can_be_read)
{
    dataset_fixture_expect_error(
        opens("{\"title\": \"T\\u001b[31m\", \"licence\": \"\", \"metric\": \"accuracy\", "
              "\"form\": \"classification\", \"labels\": [\"n\", \"p\\u202e\"], \"files\": [" FILE_A
              "], " TABLE SPLITS "}"),
        ERROR_USAGE, "set.json: $.title: the text has a control character, U+001B, behind 'T'",
        "$.licence: the text is empty",
        "$.labels[1]: the text has a control character, U+202E, behind 'p'", NULL);
}

Test(dataset_manifest, an_unknown_data_set_names_the_known_ones_and_the_nearest)
{
    DatasetFixture *f = &dataset_fixture;
    dataset_fixture_write_manifest("cola", "%s", GOOD);
    dataset_fixture_expect_error(dataset_open("colla", &f->places, f->arena, &f->err) != NULL,
                                 ERROR_USAGE, "no data set 'colla'", "try: 'cola' (known: ", NULL);
}

Test(dataset_manifest, names_are_those_of_the_manifests_sorted)
{
    DatasetFixture *f = &dataset_fixture;
    char **names;
    size_t n;
    dataset_fixture_write("manifests/README.md", "x");
    dataset_fixture_write("manifests/b.json", "x");
    dataset_fixture_write("manifests/a.json", "x");
    dataset_fixture_write("manifests/a-b.json", "x");
    cr_assert(dataset_names(&names, &n, &f->places, f->arena, &f->err), "%s", f->err.text);
    cr_assert_eq(n, 3);
    cr_expect_str_eq(names[0], "a");
    cr_expect_str_eq(names[1], "a-b");
    cr_expect_str_eq(names[2], "b");
}

Test(dataset_manifest, an_unknown_key_is_an_error_with_its_path)
{
    dataset_fixture_expect_error(opens("{" HEAD ROWS_FORM "\"file\": [], " TABLE SPLITS "}"),
                                 ERROR_USAGE, "set.json", "file", NULL);
}

Test(dataset_manifest, files_need_exactly_one_hash)
{
    dataset_fixture_expect_error(
        opens("{" HEAD ROWS_FORM
              "\"files\": [{\"path\": \"a.tsv\", \"urls\": [\"u\"]}], " TABLE SPLITS "}"),
        ERROR_USAGE, "file 'a.tsv' needs one of sha256, git_blob, tree_sha256 and recorded",
        "put the file at", "downloads/a.tsv: then its digest is shown here", NULL);
}

Test(dataset_manifest, a_missing_or_malformed_hash_of_a_file_that_is_here_is_told)
{
    static const char *const given[] = {"", ", \"sha256\": \"12\""};
    DatasetFixture *f = &dataset_fixture;
    dataset_fixture_write("mirror/a.tsv", "x\t1\n");
    for (int i = 0; i < 2; i++) {
        error_clear(&f->err);
        dataset_fixture_expect_error(
            opens(arena_format(f->arena, &f->err,
                               "{" HEAD ROWS_FORM "\"files\": [{\"path\": \"a.tsv\", \"urls\": "
                               "[\"u\"]%s}], " TABLE SPLITS "}",
                               given[i])),
            ERROR_USAGE, "$.files[0]",
            arena_format(f->arena, &f->err, "try: \"sha256\": \"%s\", which is what",
                         hash_bytes("x\t1\n", 4).text),
            "mirror/a.tsv has", NULL);
    }
}

Test(dataset_manifest, rules_within_one_object_are_told_whatever_is_wrong_elsewhere)
{
    dataset_fixture_expect_error(
        opens("{\"titel\": \"T\", \"form\": \"classification\", \"files\": [{\"path\": \"../a\"}], "
              "\"table\": {\"columns\": [\"x\", \"y\"], \"paths\": [\"x\"], \"delimiter\": \"ab\", "
              "\"label_words\": [\"0\", \"0\"]}, "
              "\"splits\": {\"train\": {\"rows\": -1}, \"validation\": {}, \"test\": {\"sources\": "
              "[{\"file\": \"a\", \"rows\": 1, \"member\": \"m\", \"members\": \"*\"}]}}}"),
        ERROR_USAGE, "$.titel: no such field", "$.files[0]: file '../a': a path is relative",
        "$.files[0]: file '../a' needs one of", "$.table.paths: 1 for 2 columns",
        "$.table.delimiter: 'ab'", "$.table.label_words: '0' stands for two labels",
        "$.splits.train.rows: -1 is out of range",
        "$.splits.test.sources[0]: either member or members",
        "$.splits.validation: needs either sources or carved_rows", NULL);
}

Test(dataset_manifest, what_can_be_found_out_need_not_be_stated)
{
    cr_assert(
        opens("{\"$schema\": \"manifest.schema.json\", \"form\": \"classification\", "
              "\"files\": [{\"path\": \"own/a.tsv\", \"sha256\": \"" DIGEST "\"}], "
              "\"table\": {\"columns\": [\"x\", \"y\"], \"text\": [\"x\"], \"label\": \"y\", "
              "\"label_words\": [\"0\", \"1\"]}, \"splits\": {\"train\": {\"sources\": "
              "[{\"file\": \"own/a.tsv\", \"rows\": 9}]}, \"test\": {\"sources\": [{\"file\": "
              "\"own/a.tsv\", \"rows\": 9}]}}}"),
        "%s", dataset_fixture.err.text);
    const DatasetInfo *info = dataset_info(dataset_fixture_open("set"));
    cr_expect_str_eq(info->title, "set");
    cr_expect_str_eq(info->metric, "accuracy");
    cr_expect_eq(info->n_labels, 2);
    cr_expect_str_eq(info->label_names[1], "1");
    cr_expect_str_eq(info->test_note, "the rows of a.tsv");
    cr_expect_str_eq(dataset_stated(info->licence), "not stated");
}

Test(dataset_manifest, a_carved_test_split_is_said_to_be_one)
{
#define CARVED                                                                                     \
    ROWS_FORM "\"files\": [" FILE_A "], " TABLE                                                    \
              "\"splits\": {\"train\": {\"sources\": [{\"file\": \"a.tsv\", \"rows\": 99}]}, "     \
              "\"test\": {\"carved_rows\": 10, \"rows\": 11}}}"
    cr_assert(opens("{" HEAD CARVED), "%s", dataset_fixture.err.text);
    cr_expect_str_eq(dataset_info(dataset_fixture_open("set"))->test_note,
                     "carved from the training rows, 11 rows");
    cr_assert(opens("{" HEAD "\"test_note\": \"none is published\", " CARVED));
    cr_expect_str_eq(dataset_info(dataset_fixture_open("set"))->test_note,
                     "carved from the training rows, 11 rows: none is published");
}

Test(dataset_manifest, a_schema_beside_the_manifests_is_none_of_them)
{
    DatasetFixture *f = &dataset_fixture;
    char **names;
    size_t n;
    dataset_fixture_write("manifests/manifest.schema.json", "{}");
    dataset_fixture_write("manifests/a.json", "x");
    cr_assert(dataset_names(&names, &n, &f->places, f->arena, &f->err), "%s", f->err.text);
    cr_assert_eq(n, 1);
    cr_expect_str_eq(names[0], "a");
}

Test(dataset_manifest, paths_of_files_stay_below_their_folder_and_differ)
{
    dataset_fixture_expect_error(
        opens("{" HEAD ROWS_FORM "\"files\": [" FILE_A ", " FILE_A
              ", {\"path\": \"x/../../y\", \"urls\": [\"u\"], \"sha256\": \"" DIGEST
              "\"}, {\"path\": \"x/..\", \"urls\": [\"u\"], \"sha256\": \"" DIGEST
              "\"}, {\"path\": \"x/..y\", \"urls\": [\"u\"], \"sha256\": \"" DIGEST
              "\"}], " TABLE SPLITS "}"),
        ERROR_USAGE, "two files have the path 'a.tsv'",
        "'x/../../y': a path is relative and has no '..'",
        "'x/..': a path is relative and has no '..'", NULL);
    cr_expect_null(strstr(dataset_fixture.err.text, "x/..y"));
}

Test(dataset_manifest, a_file_for_a_server_stays_in_its_folder)
{
    static const char *const wrong[] = {"../up.tsv", "/top.tsv", "a/b.tsv", "..", ""};
    DatasetFixture *f = &dataset_fixture;
    for (int i = 0; i < 5; i++) {
        error_clear(&f->err);
        char *manifest =
            arena_format(f->arena, &f->err, "{\"submission_file\": \"%s\", %s", wrong[i], GOOD + 1);
        dataset_fixture_expect_error(opens(manifest), ERROR_USAGE, "is no plain name of a file",
                                     NULL);
    }
}

Test(dataset_manifest, a_malformed_hash_is_an_error)
{
    dataset_fixture_expect_error(opens("{" HEAD ROWS_FORM
                                       "\"files\": [{\"path\": \"a.tsv\", \"urls\": [\"u\"], "
                                       "\"sha256\": \"12\"}], " TABLE SPLITS "}"),
                                 ERROR_USAGE, "'12' is no SHA-256", NULL);
}

Test(dataset_manifest, a_file_without_address_is_asked_for_when_it_is_needed)
{
    DatasetFixture *f = &dataset_fixture;
    Examples examples;
    cr_assert(opens("{" HEAD ROWS_FORM "\"files\": [{\"path\": \"a.tsv\", \"sha256\": \"" DIGEST
                    "\"}], " TABLE SPLITS "}"),
              "%s", f->err.text);
    dataset_fixture_expect_error(
        dataset_examples(&examples, dataset_fixture_open("set"), SPLIT_TRAIN, f->arena, &f->err),
        ERROR_USAGE, "file 'a.tsv' of data set 'set' is not here, and it has no urls",
        "downloads/a.tsv", "ask_at", NULL);
}

Test(dataset_manifest, every_wrong_reference_is_reported_at_once)
{
    dataset_fixture_expect_error(
        opens("{" HEAD "\"form\": \"entailment\", \"labels\": [\"n\", \"p\"], \"files\": [" FILE_A
              "], "
              "\"table\": {\"columns\": [\"x\"], \"text\": [\"z\"], \"label\": \"y\", "
              "\"label_words\": [\"0\", \"1\", \"2\"]}, "
              "\"splits\": {\"test\": {\"sources\": [{\"file\": \"b.tsv\", \"rows\": 2}], "
              "\"rows\": 2}}}"),
        ERROR_USAGE, "'z' is not one of the columns", "'y' is not one of the columns",
        "1 texts; a row of form 'entailment'", "3 words for 2 labels",
        "'b.tsv' is not the path of any of the files", NULL);
}

Test(dataset_manifest, only_validation_and_test_are_carved)
{
    dataset_fixture_expect_error(
        opens("{" HEAD ROWS_FORM "\"files\": [" FILE_A "], " TABLE
              "\"splits\": {\"submission\": {\"carved_rows\": 1, \"rows\": 1}}}"),
        ERROR_USAGE, "splits.submission: only validation and test can be carved", NULL);
}

Test(dataset_manifest, carving_leaves_training_rows)
{
    dataset_fixture_expect_error(
        opens("{" HEAD ROWS_FORM "\"files\": [" FILE_A "], " TABLE
              "\"splits\": {\"train\": {\"sources\": [{\"file\": \"a.tsv\", \"rows\": 9}]}, "
              "\"validation\": {\"carved_rows\": 4}, \"test\": {\"carved_rows\": 5}}}"),
        ERROR_USAGE, "9 rows are carved out of 9; none is left", NULL);
}

Test(dataset_manifest, a_word_stands_for_one_label_and_a_name_for_one_class)
{
    dataset_fixture_expect_error(
        opens("{" HEAD
              "\"form\": \"classification\", \"labels\": [\"n\", \"n\"], \"files\": [" FILE_A
              "], \"table\": {\"columns\": [\"x\", \"y\"], \"text\": [\"x\"], \"label\": \"y\", "
              "\"label_words\": [\"0\", \"1\", \"no\", \"0\"]}, " SPLITS "}"),
        ERROR_USAGE, "table.label_words: '0' stands for two labels", "labels: two are called 'n'",
        NULL);
}

Test(dataset_manifest, one_class_is_nothing_to_tell_apart)
{
    dataset_fixture_expect_error(
        opens("{" HEAD "\"form\": \"classification\", \"labels\": [\"n\"], \"files\": [" FILE_A
              "], \"table\": {\"columns\": [\"x\", \"y\"], \"text\": [\"x\"], \"label\": \"y\", "
              "\"label_words\": [\"0\"]}, " SPLITS "}"),
        ERROR_USAGE, "labels: 'n' alone leaves nothing to tell apart", NULL);
}

Test(dataset_manifest, a_generator_names_its_world_and_fits_the_form)
{
    dataset_fixture_expect_error(opens("{" HEAD ROWS_FORM "\"generator\": {\"part\": \"books\"}}"),
                                 ERROR_USAGE, "$.generator.world: missing", "storyworld", NULL);
    dataset_fixture_expect_error(
        opens("{" HEAD ROWS_FORM "\"generator\": {\"world\": \"storywrld\"}}"), ERROR_USAGE,
        "unknown world 'storywrld'", "'storyworld'", NULL);
    dataset_fixture_expect_error(
        opens("{" HEAD ROWS_FORM
              "\"generator\": {\"world\": \"storyworld\", \"part\": \"books\"}}"),
        ERROR_USAGE, "$.form: what the generator makes is of form 'corpus'", NULL);
    dataset_fixture_expect_error(opens("{" HEAD "\"form\": \"classification\", \"labels\": [\"a\", "
                                       "\"b\", \"c\"], \"generator\": {\"world\": "
                                       "\"storyworld\", \"part\": \"sentiment\"}}"),
                                 ERROR_USAGE, "$.labels: 3 names", "has 2 classes", NULL);
}

Test(dataset_manifest, a_data_set_is_of_one_kind)
{
    dataset_fixture_expect_error(opens("{" HEAD ROWS_FORM "\"files\": []}"), ERROR_USAGE,
                                 "exactly one of generator, documents", NULL);
}

#define TOKENIZER(members)                                                                         \
    "{" HEAD "\"form\": \"tokenizer\", \"files\": [" FILE_A "], \"tokenizer\": {" members          \
    "\"vocabulary\": \"a.tsv\", \"tokens\": 9}}"

Test(dataset_manifest, a_tokenizer_has_the_files_of_its_method)
{
    cr_expect(opens(TOKENIZER("\"merges\": \"a.tsv\", ")), "%s", dataset_fixture.err.text);
    cr_expect(opens(TOKENIZER("\"method\": \"wordpiece\", \"settings\": \"a.tsv\", ")), "%s",
              dataset_fixture.err.text);
    cr_expect(opens(TOKENIZER("\"method\": \"sentencepiece\", ")), "%s", dataset_fixture.err.text);
    dataset_fixture_expect_error(opens(TOKENIZER("\"settings\": \"a.tsv\", ")), ERROR_USAGE,
                                 "$.tokenizer: merges is missing",
                                 "$.tokenizer: this method has no settings", NULL);
    dataset_fixture_expect_error(
        opens(TOKENIZER("\"method\": \"wordpiece\", \"merges\": \"a.tsv\", \"settings\": \"b\", ")),
        ERROR_USAGE, "$.tokenizer: this method has no merges",
        "'b' is not the path of any of the files", NULL);
    dataset_fixture_expect_error(opens(TOKENIZER("\"method\": \"bpe\", ")), ERROR_USAGE,
                                 "$.tokenizer.method", NULL);
}

Test(dataset_manifest, a_corpus_has_no_labelled_rows_and_rows_no_documents)
{
    DatasetFixture *f = &dataset_fixture;
    Documents documents;
    dataset_fixture_write_manifest("set", "%s", GOOD);
    dataset_fixture_expect_error(
        dataset_documents(&documents, dataset_fixture_open("set"), f->arena, &f->err), ERROR_USAGE,
        "is of form 'classification' and has no documents", NULL);
}

#define ZERO_SHOT(how)                                                                             \
    "{" HEAD ROWS_FORM "\"zero_shot\": {" how "}, \"files\": [" FILE_A "], " TABLE SPLITS "}"

Test(dataset_manifest, words_without_fine_tuning_are_one_a_label)
{
    DatasetFixture *f = &dataset_fixture;
    cr_expect(opens(ZERO_SHOT("\"heuristic\": \"words\", \"words\": [\"bad\", \"good\"]")), "%s",
              f->err.text);
    dataset_fixture_expect_error(opens(ZERO_SHOT("\"heuristic\": \"words\"")), ERROR_USAGE,
                                 "zero_shot.words: 0 words; 'words' takes 2", NULL);
}

Test(dataset_manifest, a_heuristic_is_for_one_form)
{
    dataset_fixture_expect_error(opens(ZERO_SHOT("\"heuristic\": \"winograd\"")), ERROR_USAGE,
                                 "zero_shot: 'winograd' is for form 'winograd', not "
                                 "'classification'",
                                 NULL);
}

Test(dataset_manifest, scores_are_in_points)
{
    dataset_fixture_expect_error(opens("{" HEAD "\"paper_score\": 0.454, " ROWS_FORM
                                       "\"files\": [" FILE_A "], " TABLE SPLITS "}"),
                                 ERROR_USAGE, "paper_score: 0.454 is at most one point, of 100",
                                 "try: 45.4 for a score of 0.454", NULL);
    dataset_fixture_expect_error(opens(ZERO_SHOT("\"heuristic\": \"words\", \"suffix\": \"very\", "
                                                 "\"words\": [\"no\", \"yes\"], \"best\": 1")),
                                 ERROR_USAGE, "zero_shot.best: 1 is at most one point", NULL);
}

Test(dataset_manifest, titles_and_addresses_do_not_change_the_hash)
{
    HashText first = hash_of(GOOD);
    HashText second =
        hash_of("{\"title\": \"Other\", \"licence\": \"M\", \"metric\": \"accuracy\", \"home\": "
                "\"h\", \"paper_score\": 3, "
                "\"test_note\": \"n\", " ROWS_FORM
                "\"files\": [{\"path\": \"a.tsv\", \"urls\": [\"v\", \"w\"], \"bytes\": 7, "
                "\"sha256\": \"" DIGEST "\"}], " TABLE SPLITS "}");
    cr_expect_str_eq(first.text, second.text);
}

Test(dataset_manifest, rows_to_submit_do_not_change_the_hash)
{
    HashText first = hash_of(GOOD);
    HashText second = hash_of(
        "{" HEAD ROWS_FORM "\"files\": [" FILE_A
        ", {\"path\": \"b.tsv\", \"urls\": [\"u\"], \"sha256\": \"" OTHER_DIGEST "\"}], " TABLE
        "\"splits\": {\"train\": {\"sources\": [{\"file\": \"a.tsv\", \"rows\": 2}], \"rows\": 2}, "
        "\"submission\": {\"sources\": [{\"file\": \"b.tsv\", \"rows\": 1}], \"rows\": 1}}}");
    cr_expect_str_eq(first.text, second.text);
}

Test(dataset_manifest, file_hashes_layout_and_splits_change_the_hash)
{
    HashText first = hash_of(GOOD);
    static const char *const others[] = {
        "{" HEAD ROWS_FORM
        "\"files\": [{\"path\": \"a.tsv\", \"urls\": [\"u\"], \"sha256\": \"" OTHER_DIGEST
        "\"}], " TABLE SPLITS "}",
        "{" HEAD ROWS_FORM "\"files\": [" FILE_A
        "], \"table\": {\"columns\": [\"y\", \"x\"], \"text\": [\"x\"], \"label\": \"y\", "
        "\"label_words\": [\"0\", \"1\"]}, " SPLITS "}",
        "{" HEAD ROWS_FORM "\"files\": [" FILE_A "], " TABLE
        "\"splits\": {\"train\": {\"sources\": [{\"file\": \"a.tsv\", \"rows\": 2}], \"rows\": 1}, "
        "\"validation\": {\"carved_rows\": 1, \"rows\": 1}}}",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        cr_expect_str_neq(first.text, hash_of(others[i]).text, "%s", others[i]);
}
