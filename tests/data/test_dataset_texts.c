/* Texts that somebody brings, in the form of a data set's rows. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "dataset_fixture.h"

TestSuite(dataset_texts, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

#define CLASSES "\"form\": \"classification\", \"labels\": [\"bad\", \"good\"]"
#define ONE                                                                                        \
    "\"columns\": [\"label\", \"sentence\"], \"text\": [\"sentence\"], \"label\": \"label\", "     \
    "\"label_words\": [\"0\", \"1\"]"

/* A data set of this form and table; its own rows do not matter. */
static const Dataset *open_set(const char *form, const char *table)
{
    dataset_fixture_write_manifest(
        "set",
        "{\"title\": \"T\", \"licence\": \"L\", \"metric\": \"m\", %s, "
        "\"files\": [{\"path\": \"rows\", \"urls\": [\"u\"], \"sha256\": \"%s\"}], "
        "\"table\": {%s}, \"splits\": {\"train\": {\"sources\": [{\"file\": \"rows\", \"rows\": "
        "1}], \"rows\": 1}}}",
        form, hash_bytes("", 0).text, table);
    return dataset_fixture_open("set");
}

static bool reads(Examples *examples, const Dataset *dataset, RowsFormat format, const char *text)
{
    DatasetFixture *f = &dataset_fixture;
    const DatasetTexts texts = {
        .format = format, .origin = "mine", .bytes = text, .size = strlen(text)};
    return dataset_texts(examples, dataset, &texts, f->arena, &f->err);
}

static Examples read_texts(const Dataset *dataset, RowsFormat format, const char *text)
{
    Examples examples;
    cr_assert(reads(&examples, dataset, format, text), "%s", dataset_fixture.err.text);
    return examples;
}

static void expect_row(const Examples *examples, size_t row, const char *id, int n,
                       const char *const *texts)
{
    cr_assert_lt(row, examples->n);
    const Example *example = &examples->items[row];
    cr_expect_str_eq(example->id, id);
    cr_expect_eq(example->label, -1);
    cr_expect(isnan(example->target));
    cr_assert_eq(example->n_texts, n);
    for (int t = 0; t < n; t++) cr_expect_str_eq(example->text[t], texts[t]);
}

#define ROW(...)                                                                                   \
    (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)), (const char *[])                \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

Test(dataset_texts, a_line_may_hold_the_text_alone)
{
    Examples examples = read_texts(open_set(CLASSES, ONE), ROWS_TSV, "one, two\n\nthree\r\n");
    cr_assert_eq(examples.n, 2);
    expect_row(&examples, 0, "mine:1", ROW("one, two"));
    expect_row(&examples, 1, "mine:3", ROW("three"));
}

Test(dataset_texts, a_first_line_may_name_the_data_sets_columns_among_others)
{
    Examples examples =
        read_texts(open_set(CLASSES, ONE), ROWS_CSV, "note,sentence\nx,\"one, two\"\ny,three\n");
    cr_assert_eq(examples.n, 2);
    expect_row(&examples, 0, "mine:2", ROW("one, two"));
    expect_row(&examples, 1, "mine:3", ROW("three"));
}

Test(dataset_texts, names_that_every_form_has_are_known_too)
{
    Examples examples =
        read_texts(open_set(CLASSES, ONE), ROWS_TSV, "\xEF\xBB\xBFtext\tnote\none\tx\n");
    cr_assert_eq(examples.n, 1);
    expect_row(&examples, 0, "mine:2", ROW("one"));
}

Test(dataset_texts, other_names_that_texts_usually_have_are_known)
{
    const char *const nli = "\"form\": \"entailment\", \"labels\": [\"no\", \"yes\"]";
    const char *const own =
        "\"columns\": [\"a\", \"b\", \"label\"], \"text\": [\"a\", \"b\"], \"label\": "
        "\"label\", \"label_words\": [\"0\", \"1\"]";
    Examples examples = read_texts(
        open_set(CLASSES, "\"columns\": [\"y\", \"x\"], \"text\": [\"x\"], \"label\": \"y\", "
                          "\"label_words\": [\"0\", \"1\"]"),
        ROWS_CSV, "sentence\none\n");
    cr_assert_eq(examples.n, 1);
    expect_row(&examples, 0, "mine:2", ROW("one"));
    examples = read_texts(open_set(nli, own), ROWS_TSV, "sentence2\tsentence1\nx\ty\n");
    cr_assert_eq(examples.n, 1);
    expect_row(&examples, 0, "mine:2", ROW("y", "x"));
}

#define ONE_OF_SEMICOLONS                                                                          \
    ONE ", \"format\": \"csv\", \"delimiter\": \";\", \"encoding\": \"latin-1\""

Test(dataset_texts, a_file_as_the_data_sets_own_is_read_as_they_are)
{
    const Dataset *dataset = open_set(CLASSES, ONE_OF_SEMICOLONS ", \"header\": true");
    static const RowsFormat formats[] = {ROWS_CSV, ROWS_TSV};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        Examples examples =
            read_texts(dataset, formats[i], "label;sentence\n1;\"s\xFC\xDF; really\"\n0;no\n");
        cr_assert_eq(examples.n, 2);
        expect_row(&examples, 0, "mine:2", ROW("s\u00FC\u00DF; really"));
        expect_row(&examples, 1, "mine:3", ROW("no"));
    }
}

Test(dataset_texts, a_file_unlike_the_data_sets_own_is_read_by_its_format)
{
    const Dataset *dataset = open_set(CLASSES, ONE_OF_SEMICOLONS ", \"header\": true");
    Examples examples = read_texts(dataset, ROWS_CSV, "label,sentence\n1,s\u00FC\u00DF;\n");
    expect_row(&examples, 0, "mine:2", ROW("s\u00FC\u00DF;"));
    examples = read_texts(dataset, ROWS_TSV, "\"one\" more;\n");
    expect_row(&examples, 0, "mine:1", ROW("\"one\" more;"));
    examples = read_texts(dataset, ROWS_JSON_LINES, "{\"sentence\": \"s\u00FC\u00DF;\"}\n");
    expect_row(&examples, 0, "mine:1", ROW("s\u00FC\u00DF;"));
}

Test(dataset_texts, rows_of_a_data_set_whose_files_name_no_columns_are_known_by_their_number)
{
    const Dataset *dataset = open_set(CLASSES, ONE);
    Examples examples = read_texts(dataset, ROWS_CSV, "1,\"one, two\"\n0,three\n");
    cr_assert_eq(examples.n, 2);
    expect_row(&examples, 0, "mine:1", ROW("one, two"));
}

Test(dataset_texts, the_data_sets_ids_joins_and_changes_are_those_of_its_own_rows)
{
    const Dataset *dataset =
        open_set("\"form\": \"entailment\", \"labels\": [\"no\", \"yes\"]",
                 "\"columns\": [\"id\", \"a\", \"b\", \"c\", \"label\"], \"text\": [\"a+b\", "
                 "\"c\"], \"id\": \"id\", \"label\": \"label\", \"label_words\": [\"0\", \"1\"], "
                 "\"rewrite\": [{\"column\": \"c\", \"find\": \"_\", \"put\": \" \"}, {\"column\": "
                 "\"label\", \"find\": \"x\", \"put\": \"1\"}]");
    Examples examples = read_texts(dataset, ROWS_TSV, "c\ta\tid\tb\nz_z\tx\t77\ty\n");
    expect_row(&examples, 0, "77", ROW("x y", "z z"));
    examples = read_texts(dataset, ROWS_TSV, "x y\tz_z\n");
    expect_row(&examples, 0, "mine:1", ROW("x y", "z_z"));
}

Test(dataset_texts, json_lines_are_objects)
{
    Examples examples = read_texts(open_set(CLASSES, ONE), ROWS_JSON_LINES,
                                   "{\"n\": 1.5, \"sentence\": \"one\\ttwo\"}\n"
                                   "{\"sentence\": \"three\"}\n");
    cr_assert_eq(examples.n, 2);
    expect_row(&examples, 0, "mine:1", ROW("one\ttwo"));
    expect_row(&examples, 1, "mine:2", ROW("three"));
}

Test(dataset_texts, texts_in_objects_within_objects_are_found_by_their_paths)
{
    const Dataset *dataset = open_set(
        CLASSES, "\"format\": \"json-lines\", \"columns\": [\"review.text\", \"y\"], \"text\": "
                 "[\"review.text\"], \"label\": \"y\", \"label_words\": [\"0\", \"1\"]");
    Examples examples = read_texts(dataset, ROWS_JSON_LINES,
                                   "{\"y\": 1, \"review\": {\"n\": 1, \"text\": \"one\"}}\n");
    expect_row(&examples, 0, "mine:1", ROW("one"));
}

Test(dataset_texts, a_choice_has_as_many_answers_as_its_first_row)
{
    const Dataset *dataset = open_set(
        "\"form\": \"multiple-choice\"",
        "\"columns\": [\"q\", \"A\", \"B\", \"C\", \"right\"], \"text\": [\"q\", \"A\", \"B\", "
        "\"C?\"], \"label\": \"right\", \"label_words\": [\"A\", \"B\", \"C\"]");
    Examples examples = read_texts(dataset, ROWS_TSV, "why\tx\ty\tz\tw\nwho\ta\tb\tc\td\n");
    expect_row(&examples, 1, "mine:2", ROW("who", "a", "b", "c", "d"));
    examples = read_texts(dataset, ROWS_TSV, "q\tA\tB\nwhy\tx\ty\n");
    expect_row(&examples, 0, "mine:2", ROW("why", "x", "y"));
    examples = read_texts(dataset, ROWS_JSON_LINES,
                          "{\"context\": \"why\", \"answer1\": \"x\", \"answer2\": \"y\"}");
    expect_row(&examples, 0, "mine:1", ROW("why", "x", "y"));
}

static void expect_error(const Dataset *dataset, RowsFormat format, const char *text,
                         const char *message, const char *hint)
{
    Examples examples;
    dataset_fixture_expect_error(reads(&examples, dataset, format, text), ERROR_USAGE, message,
                                 hint, NULL);
    error_clear(&dataset_fixture.err);
}

Test(dataset_texts, what_is_wrong_is_told_with_its_line)
{
    const Dataset *dataset = open_set(CLASSES, ONE);
    expect_error(dataset, ROWS_TSV, "one\ntwo\tthree\n",
                 "mine:2: 2 tab-separated fields, expected 1",
                 "while reading rows of the form 'classification', with 'text'");
    expect_error(
        dataset, ROWS_CSV, "one,two,three\n",
        "mine: the first line has 3 fields, expected 1: 'text'",
        "try: the texts alone, parted by commas; or a first line with these names, or those "
        "of the data set: 'sentence'");
    expect_error(dataset, ROWS_TSV, "one\n \n", "mine:2: column 'text' is empty", NULL);
    expect_error(dataset, ROWS_TSV, "\n\n", "mine: there is no text in it", "try: ");
    expect_error(dataset, ROWS_JSON_LINES, "{\"words\": \"one\"}",
                 "mine: the first object has not the columns of the texts",
                 "try: an object a line with 'sentence'");
    expect_error(dataset, ROWS_JSON_LINES, "[1]", "mine: the first line is no JSON object",
                 "try: ");
    expect_error(dataset, ROWS_TSV, "one\n\xFF\n", "mine", NULL);
}

Test(dataset_texts, a_format_is_known_by_the_files_name_or_by_its_first_letter)
{
    cr_expect_eq(dataset_texts_format("a.b/rows.CSV", "{", 1), ROWS_CSV);
    cr_expect_eq(dataset_texts_format("rows.jsonl", "x", 1), ROWS_JSON_LINES);
    cr_expect_eq(dataset_texts_format("rows.tsv", "{", 1), ROWS_TSV);
    cr_expect_eq(dataset_texts_format("rows.txt", "x{", 2), ROWS_TSV);
    cr_expect_eq(dataset_texts_format(NULL, "\n {\"a\"", 6), ROWS_JSON_LINES);
    cr_expect_eq(dataset_texts_format(NULL, "", 0), ROWS_TSV);
}

Test(dataset_texts, a_file_as_the_data_set_has_them_is_read_like_its_own)
{
    const Dataset *dataset = open_set(
        CLASSES, ONE ", \"format\": \"csv\", \"delimiter\": \";\", \"encoding\": \"latin-1\"");
    Examples examples = read_texts(dataset, ROWS_CSV, "label;sentence\nx;caf\xE9, one\n");
    cr_assert_eq(examples.n, 1);
    expect_row(&examples, 0, "mine:2", ROW("caf\xC3\xA9, one"));
    examples = read_texts(dataset, ROWS_CSV, "note,sentence\nx;y,\"one, two\"\n");
    expect_row(&examples, 0, "mine:2", ROW("one, two"));
    examples = read_texts(dataset, ROWS_CSV, "caf\xC3\xA9; one\n");
    expect_row(&examples, 0, "mine:1", ROW("caf\xC3\xA9; one"));
    expect_error(open_set(CLASSES, ONE), ROWS_TSV, "caf\xE9 one\n", "is no UTF-8",
                 "it looks like latin-1");
}

Test(dataset_texts, texts_that_are_given_are_as_many_as_the_form_has)
{
    Examples examples;
    DatasetFixture *f = &dataset_fixture;
    static const char *const texts[] = {"a", "b", "c", " "};
    cr_assert(dataset_texts_given(&examples, texts, 3, DATASET_MULTIPLE_CHOICE, f->arena, &f->err));
    expect_row(&examples, 0, "1", ROW("a", "b", "c"));
    dataset_fixture_expect_error(
        dataset_texts_given(&examples, texts, 2, DATASET_CLASSIFICATION, f->arena, &f->err),
        ERROR_USAGE, "a row of form 'classification' has one text, and 2 texts are given",
        "try: \"the text\", in quotes", NULL);
    error_clear(&f->err);
    dataset_fixture_expect_error(
        dataset_texts_given(&examples, texts, 1, DATASET_SIMILARITY, f->arena, &f->err),
        ERROR_USAGE, "has two texts, and 1 text is given", NULL);
    error_clear(&f->err);
    dataset_fixture_expect_error(
        dataset_texts_given(&examples, texts + 2, 2, DATASET_ENTAILMENT, f->arena, &f->err),
        ERROR_USAGE, "text 2 is empty", NULL);
    error_clear(&f->err);
    static const char *const wrong[] = {"caf\xE9"};
    dataset_fixture_expect_error(
        dataset_texts_given(&examples, wrong, 1, DATASET_CLASSIFICATION, f->arena, &f->err),
        ERROR_USAGE, "text 1: byte 3, 0xE9, is no UTF-8", NULL);
}
