/* Rows whose answer is one of their own texts: multiple choice, Winograd schemas, last words. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/hash.h"
#include "dataset_fixture.h"

TestSuite(dataset_answer, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

/* A data set whose training rows stand in the one file "rows". */
static void write_set(const char *form, const char *table, int n_rows, const char *text)
{
    HashText digest = hash_bytes(text, strlen(text));
    dataset_fixture_write("mirror/rows", text);
    dataset_fixture_write_manifest(
        "set",
        "{\"title\": \"T\", \"licence\": \"L\", \"metric\": \"m\", \"form\": \"%s\", \"files\": "
        "[{\"path\": \"rows\", \"urls\": [\"u\"], \"sha256\": \"%s\"}], \"table\": {%s}, "
        "\"splits\": {\"train\": {\"sources\": [{\"file\": \"rows\", \"rows\": %d}], \"rows\": "
        "%d}}}",
        form, digest.text, table, n_rows, n_rows);
}

static bool reads(Examples *examples)
{
    DatasetFixture *f = &dataset_fixture;
    return dataset_examples(examples, dataset_fixture_open("set"), SPLIT_TRAIN, f->arena, &f->err);
}

static Examples read_rows(void)
{
    Examples examples;
    cr_assert(reads(&examples), "%s", dataset_fixture.err.text);
    return examples;
}

static void expect_error(const char *message)
{
    Examples examples;
    dataset_fixture_expect_error(reads(&examples), ERROR_USAGE, message, NULL);
}

/* --- multiple choice ---------------------------------------------------------------------------- */

#define CHOICE                                                                                     \
    "\"columns\": [\"q\", \"a\", \"b\", \"c\", \"right\"], \"text\": [\"q\", \"a\", \"b\", "       \
    "\"c?\"], \"label\": \"right\""
#define LETTERS ", \"label_words\": [\"A\", \"B\", \"C\"]"

Test(dataset_answer, some_rows_may_have_fewer_answers)
{
    write_set("multiple-choice", CHOICE LETTERS, 2, "q\tx\ty\tz\tC\nq\tx\ty\t\tB\n");
    Examples examples = read_rows();
    cr_expect_eq(examples.items[0].n_texts, 4);
    cr_expect_eq(examples.items[0].label, 2);
    cr_expect_eq(examples.items[1].n_texts, 3);
    cr_expect_eq(dataset_info(dataset_fixture_open("set"))->n_labels, 3);
}

Test(dataset_answer, a_row_may_have_any_number_of_answers)
{
    write_set(
        "multiple-choice",
        "\"columns\": [\"q\", \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", "
        "\"right\"], \"text\": [\"q\", \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", "
        "\"i\"], \"label\": \"right\"",
        1, "q\ta1\ta2\ta3\ta4\ta5\ta6\ta7\ta8\ta9\ta9\n");
    Examples examples = read_rows();
    cr_expect_eq(examples.items[0].n_texts, 10);
    cr_expect_eq(examples.items[0].label, 8);
    cr_expect_eq(dataset_info(dataset_fixture_open("set"))->n_labels, 9);
}

Test(dataset_answer, a_right_answer_that_the_row_does_not_have_is_an_error)
{
    write_set("multiple-choice", CHOICE LETTERS, 1, "q\tx\ty\t\tC\n");
    expect_error("rows:1: 'C' is right, but the row has only 2 answers");
}

Test(dataset_answer, the_right_answer_may_stand_there_in_its_own_words)
{
    write_set("multiple-choice", CHOICE, 1, "q\tx\tThe dog\tz\t the Dog \n");
    cr_expect_eq(read_rows().items[0].label, 1);
}

Test(dataset_answer, a_right_answer_that_is_none_of_them_is_an_error)
{
    write_set("multiple-choice", CHOICE, 1, "q\tx\ty\tz\tw\n");
    expect_error("rows:1: the right answer, 'w', is none of the answers");
}

Test(dataset_answer, a_right_answer_that_is_two_of_them_is_an_error)
{
    write_set("multiple-choice", CHOICE, 1, "q\tx\ty\tX\tx\n");
    expect_error("rows:1: the right answer, 'x', is there twice");
}

Test(dataset_answer, only_the_last_answers_may_be_missing)
{
    DatasetFixture *f = &dataset_fixture;
    write_set(
        "multiple-choice",
        "\"columns\": [\"q\", \"a\", \"b\"], \"text\": [\"q\", \"a\", \"b?\"], \"label\": \"q\"", 1,
        "q\tx\ty\n");
    dataset_fixture_expect_error(dataset_open("set", &f->places, f->arena, &f->err) != NULL,
                                 ERROR_USAGE, "'b?': only the last answers", NULL);
}

/* --- Winograd schemas --------------------------------------------------------------------------- */

#define SCHEMA                                                                                     \
    "\"format\": \"blocks\", \"columns\": [\"sentence\", \"pronoun\", \"list\", \"right\"], "      \
    "\"text\": [\"sentence\", \"list\"], \"pronoun\": \"pronoun\", \"most_referents\": 3, "        \
    "\"label\": \"right\""

static const Example *read_schema(const char *text)
{
    write_set("winograd", SCHEMA, 1, text);
    return &read_rows().items[0];
}

Test(dataset_answer, a_schema_is_split_at_its_pronoun_and_its_list)
{
    const Example *row = read_schema("The bee landed on the flower because it had pollen.\nit\nThe "
                                     "bee, the flower \nthe flower\n");
    cr_expect_eq(row->n_texts, 4);
    cr_expect_str_eq(row->text[0], "The bee landed on the flower because");
    cr_expect_str_eq(row->text[1], "had pollen.");
    cr_expect_str_eq(row->text[2], "The bee");
    cr_expect_str_eq(row->text[3], "the flower");
    cr_expect_eq(row->label, 1);
}

Test(dataset_answer, the_pronoun_is_a_word_of_its_own)
{
    const Example *row = read_schema("Kit hit Bit as it fell.\nit\nKit,Bit\nKit\n");
    cr_expect_str_eq(row->text[0], "Kit hit Bit as");
}

Test(dataset_answer, the_pronoun_meant_comes_after_all_have_been_named)
{
    const Example *row = read_schema("Ann says they beat Bob, but they lie.\nthey\nAnn,bob\nAnn\n");
    cr_expect_str_eq(row->text[0], "Ann says they beat Bob, but");
}

Test(dataset_answer, a_pronoun_that_comes_before_all_names_is_taken_too)
{
    const Example *row = read_schema("When he slept, Tom saw Tim.\nhe\nTom,Tim\nTom\n");
    cr_expect_str_eq(row->text[0], "When");
}

Test(dataset_answer, a_gap_may_stand_for_the_pronoun)
{
    const Example *row = read_schema("Al or Bo or Cy: [MASK] won\n[MASK]\n Al ,Bo, Cy\nCy\n");
    cr_expect_eq(row->n_texts, 5);
    cr_expect_str_eq(row->text[1], "won");
    cr_expect_eq(row->label, 2);
}

Test(dataset_answer, a_sentence_without_its_pronoun_is_an_error)
{
    write_set("winograd", SCHEMA, 1, "Tom saw Tim.\nhe\nTom,Tim\nTom\n");
    expect_error("'he' does not stand in the sentence");
}

Test(dataset_answer, more_referents_than_stated_are_an_error)
{
    write_set("winograd", SCHEMA, 1, "a b c d he\nhe\na,b,c,d\na\n");
    expect_error("more than 3 referents");
}

Test(dataset_answer, referents_in_columns_of_their_own_need_no_pronoun)
{
    write_set(
        "winograd",
        "\"columns\": [\"before\", \"after\", \"x\", \"y\", \"right\"], \"text\": "
        "[\"before\", \"after\", \"x\", \"y\"], \"label\": \"right\", \"label_words\": [\"A\", "
        "\"B\", \"A.\", \"B.\"]",
        1, "Tom saw Tim as\tfell.\tTom\tTim\tB.\n");
    const Example *row = &read_rows().items[0];
    cr_expect_eq(row->label, 1);
    cr_expect_eq(row->n_texts, 4);
}

/* --- last words --------------------------------------------------------------------------------- */

#define PASSAGE "\"columns\": [\"text\"], \"text\": [\"text\"]"

Test(dataset_answer, the_last_word_leaves_the_passage)
{
    write_set("last-word", PASSAGE, 1, "I don't care about  signs. \n");
    const Example *row = &read_rows().items[0];
    cr_expect_eq(row->n_texts, 2);
    cr_expect_str_eq(row->text[0], "I don't care about");
    cr_expect_str_eq(row->text[1], "signs.");
    cr_expect_eq(row->label, -1);
}

Test(dataset_answer, a_passage_of_one_word_is_an_error)
{
    write_set("last-word", PASSAGE, 1, " alone \n");
    expect_error("rows:1: a passage of one word");
}

/* --- minimal pairs ------------------------------------------------------------------------------ */

#define PAIRS                                                                                      \
    "\"columns\": [\"good\", \"bad\", \"kind\", \"set\"], \"text\": [\"good\", \"bad\"], "         \
    "\"facets\": "                                                                                 \
    "[\"kind\", \"set\"]"

Test(dataset_answer, a_pair_has_no_label_and_its_value_of_each_facet)
{
    write_set("minimal-pairs", PAIRS, 3, "a.\tb.\tx\t1\nc.\td.\ty\t2\ne.\tf.\tx\t3\n");
    Examples rows = read_rows();
    cr_expect_eq(rows.items[1].label, -1);
    cr_expect_str_eq(rows.items[1].text[1], "d.");
    const char *names[] = {"kind", "set"};
    const double right[] = {1, 0, 0};
    Facets facets;
    cr_assert(dataset_facets_collect(&facets, &(TextList){2, names}, &rows, dataset_fixture.arena,
                                     &dataset_fixture.err));
    const Facet *kind = &facets.items[0];
    cr_expect_str_eq(kind->name, "kind");
    cr_expect_eq(kind->values.n, 2);
    cr_expect_arr_eq(kind->of, ((int[]){0, 1, 0}), 3 * sizeof(int));
    cr_expect_eq(dataset_facets_count(kind, 0, right, 3).n, 2);
    cr_expect_eq(dataset_facets_count(kind, 0, right, 3).right, 1);
    cr_expect_eq(facets.items[1].values.n, 3);
}

/* --- gaps ----------------------------------------------------------------------------------------- */

#define GAP                                                                                        \
    "\"columns\": [\"before\", \"behind\", \"a\", \"b\", \"right\"], \"text\": [\"before\", "      \
    "\"behind\", \"a\", \"b\"], \"label\": \"right\""

Test(dataset_answer, a_gap_has_the_words_that_its_row_names)
{
    write_set("cloze", GAP, 1, "The\tsat.\tcat\tdog\tdog\n");
    const Example *row = &read_rows().items[0];
    cr_expect_eq(row->n_texts, 4);
    cr_expect_str_eq(row->text[1], "sat.");
    cr_expect_eq(row->label, 1);
    cr_expect_eq(dataset_info(dataset_fixture_open("set"))->n_labels, 2);
}

#define IN_A_PASSAGE PASSAGE ", \"candidates\": 2"

Test(dataset_answer, a_gap_is_found_in_a_passage_and_a_passage_without_one_passed_over)
{
    write_set("cloze", IN_A_PASSAGE, 1,
              "nothing here\nThe garden was big, and in that garden sat an animal.\n");
    const Dataset *set = dataset_fixture_open("set");
    cr_expect_eq(dataset_info(set)->n_labels, 2);
    cr_assert_eq(dataset_info(set)->facets.n, 1);
    cr_expect_str_eq(dataset_info(set)->facets.text[0], "side");
    const Examples rows = read_rows();
    cr_assert_eq(rows.n, 1);
    cr_expect_str_eq(rows.items[0].text[0], "The garden was big, and in that");
    cr_expect_eq(rows.items[0].label, 1);
    cr_expect_str_eq(rows.items[0].facet[0], "before");
}

static void expect_refused(const char *form, const char *columns, const char *why)
{
    DatasetFixture *f = &dataset_fixture;
    write_set(form, columns, 1, "x\n");
    dataset_fixture_expect_error(dataset_open("set", &f->places, f->arena, &f->err) != NULL,
                                 ERROR_USAGE, why, NULL);
}

Test(dataset_answer, what_is_found_in_passages_is_refused_elsewhere)
{
    expect_refused("last-word", IN_A_PASSAGE,
                   "table.candidates belongs to form 'cloze' and is at least 2");
    expect_refused("cloze", PASSAGE ", \"candidates\": 1",
                   "table.candidates belongs to form 'cloze' and is at least 2");
    expect_refused("cloze", IN_A_PASSAGE ", \"facets\": [\"text\"]",
                   "table.facets: with table.candidates rows are counted by the side of the gap");
    expect_refused("cloze", "\"columns\": [\"a\", \"b\"], \"text\": [\"a+b\"], \"candidates\": 2",
                   "table.text: with table.candidates the passage is one column");
    expect_refused("cloze", PASSAGE, "table.text: 1 texts; a row of form 'cloze' has at least 4");
}
