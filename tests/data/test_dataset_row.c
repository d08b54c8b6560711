/* How rows become examples of each form. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "dataset_fixture.h"

TestSuite(dataset_row, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

#define CLASSES "\"form\": \"classification\", \"labels\": [\"bad\", \"good\"]"
#define TWO_COLUMNS                                                                                \
    "\"columns\": [\"label\", \"text\"], \"text\": [\"text\"], \"label\": \"label\", "             \
    "\"label_words\": [\"0\", \"1\"]"
#define SOURCE(rows) "{\"sources\": [{\"file\": \"rows\", \"rows\": " rows "}], \"rows\": " rows "}"

/* A data set whose one file, "rows", holds `text`. The other arguments are parts of the manifest. */
static void write_set(const char *form, const char *table, const char *splits, const char *text)
{
    HashText digest = hash_bytes(text, strlen(text));
    dataset_fixture_write("mirror/rows", text);
    dataset_fixture_write_manifest("set",
                                   "{\"title\": \"T\", \"licence\": \"L\", \"metric\": \"m\", %s, "
                                   "\"files\": [{\"path\": \"rows\", \"urls\": [\"u\"], "
                                   "\"sha256\": \"%s\"}], \"table\": {%s}, \"splits\": {%s}}",
                                   form, digest.text, table, splits);
}

static bool reads(Examples *examples, DatasetSplit split)
{
    DatasetFixture *f = &dataset_fixture;
    return dataset_examples(examples, dataset_fixture_open("set"), split, f->arena, &f->err);
}

static Examples read_split(DatasetSplit split)
{
    Examples examples;
    cr_assert(reads(&examples, split), "%s", dataset_fixture.err.text);
    return examples;
}

static void expect_error(const char *message)
{
    Examples examples;
    dataset_fixture_expect_error(reads(&examples, SPLIT_TRAIN), ERROR_USAGE, message, NULL);
}

/* --- labels and targets ------------------------------------------------------------------------- */

#define NUMBERS "\"form\": \"regression\", \"target_low\": -1, \"target_high\": 5"
#define SCORED                                                                                     \
    "\"columns\": [\"score\", \"a\", \"b\"], \"text\": [\"a\", \"b\"], \"label\": \"score\""

Test(dataset_row, a_row_of_regression_has_a_target_and_no_label)
{
    write_set(NUMBERS, SCORED, "\"train\": " SOURCE("2"), "2.25\tx\ty\n-1\tz\tw\n");
    Examples examples = read_split(SPLIT_TRAIN);
    cr_expect_eq(examples.items[0].target, 2.25);
    cr_expect_eq(examples.items[1].target, -1);
    cr_expect_eq(examples.items[0].label, -1);
    cr_expect_eq(examples.items[0].n_texts, 2);
}

Test(dataset_row, a_class_has_no_target)
{
    write_set(CLASSES, TWO_COLUMNS, "\"train\": " SOURCE("1"), "1\tx\n");
    cr_expect(isnan(read_split(SPLIT_TRAIN).items[0].target));
}

Test(dataset_row, a_target_out_of_range_is_an_error)
{
    write_set(NUMBERS, SCORED, "\"train\": " SOURCE("1"), "5.01\tx\ty\n");
    expect_error("rows:1: 5.01 is not between -1 and 5");
}

Test(dataset_row, a_target_that_is_no_number_is_an_error)
{
    write_set(NUMBERS, SCORED, "\"train\": " SOURCE("1"), "4x\tx\ty\n");
    expect_error("rows:1: '4x' is not a number");
}

Test(dataset_row, a_target_that_is_not_finite_is_an_error)
{
    write_set(NUMBERS, SCORED, "\"train\": " SOURCE("1"), "nan\tx\ty\n");
    expect_error("rows:1: nan is not between");
}

Test(dataset_row, labels_may_be_spelt_in_a_second_way)
{
    write_set(CLASSES,
              "\"columns\": [\"label\", \"text\"], \"text\": [\"text\"], \"label\": \"label\", "
              "\"label_words\": [\"A\", \"B\", \"A.\", \"B.\"]",
              "\"train\": " SOURCE("2"), "B.\tx\nA\ty\n");
    Examples examples = read_split(SPLIT_TRAIN);
    cr_expect_eq(examples.items[0].label, 1);
    cr_expect_eq(examples.items[1].label, 0);
}

Test(dataset_row, a_source_may_give_all_its_rows_one_label)
{
    write_set(CLASSES,
              "\"columns\": [\"text\"], \"text\": [\"text\"], \"label_words\": [\"n\", \"p\"]",
              "\"train\": {\"sources\": [{\"file\": \"rows\", \"label\": \"p\", \"rows\": 2}], "
              "\"rows\": 2}",
              "x\ny\n");
    cr_expect_eq(read_split(SPLIT_TRAIN).items[1].label, 1);
}

/* --- rows --------------------------------------------------------------------------------------- */

Test(dataset_row, rows_that_match_a_pattern_are_passed_over_and_not_counted)
{
    write_set(CLASSES, TWO_COLUMNS ", \"skip\": [{\"column\": \"label\", \"pattern\": \"[-?]\"}]",
              "\"train\": " SOURCE("2"), "-\tx\n0\ty\n?\tz\n1\tw\n");
    Examples examples = read_split(SPLIT_TRAIN);
    cr_assert_eq(examples.n, 2);
    cr_expect_str_eq(examples.items[1].text[0], "w");
}

Test(dataset_row, a_submission_has_columns_of_its_own_and_no_labels)
{
    write_set(CLASSES, TWO_COLUMNS ", \"header\": true",
              "\"submission\": {\"sources\": [{\"file\": \"rows\", \"columns\": [\"number\", "
              "\"text\"], \"rows\": 1}], \"rows\": 1}",
              "number\ttext\n0\tx\n");
    Examples examples = read_split(SPLIT_SUBMISSION);
    cr_expect_eq(examples.items[0].label, -1);
    cr_expect_str_eq(examples.items[0].text[0], "x");
}

Test(dataset_row, one_source_may_lack_the_line_with_names)
{
    write_set(CLASSES, TWO_COLUMNS ", \"header\": true",
              "\"train\": {\"sources\": [{\"file\": \"rows\", \"headless\": true, \"rows\": 1}], "
              "\"rows\": 1}",
              "1\tx\n");
    cr_expect_eq(read_split(SPLIT_TRAIN).n, 1);
}

/* --- carving ------------------------------------------------------------------------------------ */

#define GROUPED                                                                                    \
    "\"columns\": [\"label\", \"text\", \"story\"], \"text\": [\"text\"], \"label\": \"label\", "  \
    "\"label_words\": [\"0\", \"1\"], \"group\": \"story\""
static const char stories[] = "1\ta\tS\n0\tb\tT\n1\tc\tS\n0\td\tT\n1\te\tU\n0\tf\tU\n";

Test(dataset_row, rows_of_one_group_are_carved_together)
{
    write_set(CLASSES, GROUPED,
              "\"train\": {\"sources\": [{\"file\": \"rows\", \"rows\": 6}], \"rows\": 4}, "
              "\"validation\": {\"carved_rows\": 1, \"rows\": 2}",
              stories);
    Examples validation = read_split(SPLIT_VALIDATION);
    int apart = validation.items[1].text[0][0] - validation.items[0].text[0][0];
    cr_expect(apart == 1 || apart == 2, "%s and %s", validation.items[0].text[0],
              validation.items[1].text[0]);
}

Test(dataset_row, validation_and_test_are_carved_apart_and_cover_all_with_training)
{
    write_set(CLASSES, GROUPED,
              "\"train\": {\"sources\": [{\"file\": \"rows\", \"rows\": 6}], \"rows\": 2}, "
              "\"validation\": {\"carved_rows\": 2, \"rows\": 2}, "
              "\"test\": {\"carved_rows\": 1, \"rows\": 2}",
              stories);
    unsigned seen = 0;
    for (int s = SPLIT_TRAIN; s <= SPLIT_TEST; s++) {
        Examples examples = read_split((DatasetSplit)s);
        for (size_t e = 0; e < examples.n; e++) {
            unsigned letter = 1u << (examples.items[e].text[0][0] - 'a');
            cr_expect_eq(seen & letter, 0);
            seen |= letter;
        }
    }
    cr_expect_eq(seen, 63);
}

/* --- fields before they are texts ---------------------------------------------------------------- */

Test(dataset_row, pieces_of_fields_are_rewritten_everywhere_or_only_at_their_start)
{
    write_set(CLASSES,
              TWO_COLUMNS ", \"rewrite\": [{\"column\": \"text\", \"find\": \"one: \", "
                          "\"at_start\": true}, "
                          "{\"column\": \"text\", \"find\": \"\\\\n\", \"put\": \" \"}]",
              "\"train\": " SOURCE("2"), "1\tone: a\\nb\\nc one: d\n0\tnot one: e\n");
    Examples examples = read_split(SPLIT_TRAIN);
    cr_expect_str_eq(examples.items[0].text[0], "a b c one: d");
    cr_expect_str_eq(examples.items[1].text[0], "not one: e");
}

Test(dataset_row, latin1_becomes_utf8)
{
    write_set(CLASSES, TWO_COLUMNS ", \"encoding\": \"latin-1\"", "\"train\": " SOURCE("1"),
              "1\tcaf\xE9 \xFF\n");
    cr_expect_str_eq(read_split(SPLIT_TRAIN).items[0].text[0], "caf\xC3\xA9 \xC3\xBF");
}

Test(dataset_row, an_id_may_be_that_of_the_record_and_the_place_in_it)
{
    write_set(CLASSES,
              "\"columns\": [\"story\", \"label\", \"text\"], \"repeated_columns\": 2, "
              "\"text\": [\"story+text\"], \"id\": \"story+#\", \"label\": \"label\", "
              "\"label_words\": [\"0\", \"1\"]",
              "\"train\": " SOURCE("3"), "s\t1\tx\t0\ty\nt\t1\tz\n");
    Examples examples = read_split(SPLIT_TRAIN);
    cr_expect_str_eq(examples.items[1].id, "s:2");
    cr_expect_str_eq(examples.items[1].text[0], "s y");
    cr_expect_str_eq(examples.items[2].id, "t:1");
}

/* --- labels in a file of their own -------------------------------------------------------------- */

static void write_labels(const char *labels)
{
    const char *rows = "x\ny\nz\n";
    HashText of_rows = hash_bytes(rows, strlen(rows)),
             of_labels = hash_bytes(labels, strlen(labels));
    dataset_fixture_write("mirror/rows", rows);
    dataset_fixture_write("mirror/labels", labels);
    dataset_fixture_write_manifest(
        "set",
        "{\"title\": \"T\", \"licence\": \"L\", \"metric\": \"m\", " CLASSES ", \"files\": "
        "[{\"path\": \"rows\", \"urls\": [\"u\"], \"sha256\": \"%s\"}, "
        "{\"path\": \"labels\", \"urls\": [\"u\"], \"sha256\": \"%s\"}], "
        "\"table\": {\"columns\": [\"text\"], \"text\": [\"text\"], \"label_words\": "
        "[\"A\", \"B\"]}, \"splits\": {\"train\": {\"sources\": [{\"file\": \"rows\", "
        "\"labels\": \"labels\", \"rows\": 3}], \"rows\": 3}}}",
        of_rows.text, of_labels.text);
}

Test(dataset_row, labels_may_stand_in_a_file_of_their_own)
{
    write_labels("B\tA\r\nB\r\n");
    Examples examples = read_split(SPLIT_TRAIN);
    cr_expect_eq(examples.items[0].label, 1);
    cr_expect_eq(examples.items[1].label, 0);
    cr_expect_eq(examples.items[2].label, 1);
}

Test(dataset_row, too_few_labels_are_an_error_at_the_row)
{
    write_labels("B A");
    expect_error("rows:3: 'labels' has no label for this row");
}

Test(dataset_row, too_many_labels_are_an_error)
{
    write_labels("B A B A");
    expect_error("'labels' has more labels than there are rows: 'A' is left");
}
