/* The committed manifests of labelled rows against the data itself: how many rows of each label, as
 * published. Runs where REPRISE_MIRROR names a folder with the data. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dataset_fixture.h"

static void set_up(void)
{
    DatasetFixture *f = &dataset_fixture;
    dataset_fixture_set_up();
    f->places.manifests = "datasets";
    f->places.mirror = getenv("REPRISE_MIRROR");
    if (!f->places.mirror) cr_skip_test("REPRISE_MIRROR is not set");
}
TestSuite(dataset_counts, .init = set_up, .fini = dataset_fixture_tear_down, .timeout = 120);

enum {
    TRAIN = 1 << SPLIT_TRAIN,
    VALIDATION = 1 << SPLIT_VALIDATION,
    TEST = 1 << SPLIT_TEST,
    MOST_LABELS = 6
};

/* What is carved out of one file is counted together, as it was published. */
typedef struct Counts {
    const char *name;
    unsigned splits;
    size_t labels[MOST_LABELS];
} Counts;

static const Counts published[] = {
    {"mrpc", TRAIN, {3668 - 2474, 2474}},
    {"mrpc", VALIDATION, {129, 279}},
    {"mrpc", TEST, {578, 1147}},
    {"rte", TRAIN | VALIDATION, {1249, 1241}},
    {"rte", TEST, {146, 131}},
    {"qnli-sample", TRAIN | VALIDATION | TEST, {2702, 2761}},
    {"qqp-sample", TRAIN | VALIDATION, {5000, 5000}},
    {"qqp-sample", TEST, {5000, 5000}},
    {"mnli-sample", TRAIN | VALIDATION, {373, 311, 316}},
    {"mnli-sample", TEST, {346, 319, 335}},
    {"wnli", TRAIN | VALIDATION, {323, 312}},
    {"wnli", TEST, {40, 31}},
    {"sick", TRAIN, {1299, 2536, 665}},
    {"sick", VALIDATION, {144, 282, 74}},
    {"sick", TEST, {1414, 2793, 720}},
    {"snli-sample", TRAIN | VALIDATION, {3329, 3235, 3278}},
    {"snli-sample", TEST, {3368, 3219, 3237}},
    {"scitail-sample", TRAIN | VALIDATION, {657, 647}},
    {"scitail-sample", TEST, {842, 1284}},
    {"sentence-polarity", TRAIN | VALIDATION | TEST, {5331, 5331}},
    {"subjectivity", TRAIN | VALIDATION | TEST, {5000, 5000}},
    {"question-classes", TRAIN | VALIDATION, {86, 1162, 1250, 1223, 835, 896}},
    {"question-classes", TEST, {9, 138, 94, 65, 81, 113}},
    {"copa", TRAIN | VALIDATION, {243, 257}},
    {"copa", TEST, {250, 250}},
    {"dream", TRAIN, {1979, 2067, 2070}},
    {"dream", VALIDATION, {652, 703, 685}},
    {"dream", TEST, {626, 704, 711}},
    {"mctest-160", TRAIN, {71, 64, 82, 63}},
    {"mctest-160", VALIDATION, {18, 35, 38, 29}},
    {"mctest-160", TEST, {56, 60, 66, 58}},
    {"mctest-500", TRAIN, {288, 283, 303, 326}},
    {"mctest-500", VALIDATION, {55, 50, 55, 40}},
    {"mctest-500", TEST, {141, 146, 145, 168}},
    {"dpr", TRAIN, {658, 658}},
    {"dpr", TEST, {282, 282}},
    {"wsc285", TEST, {143, 142}},
    {"wsc273", TEST, {273}}, /* in this copy the right referent always stands first */
    {"pdp60", TEST, {32, 20, 7, 1}},
    {NULL, 0, {0}},
};

/* An archive of 23,000 files, and slow to read. */
static const Counts published_race[] = {
    {"race-sample", TRAIN | VALIDATION, {16620, 19772, 20733, 19178}},
    {"race-sample-middle", TEST, {311, 384, 386, 355}},
    {"race-sample-high", TEST, {756, 907, 917, 871}},
    {NULL, 0, {0}},
};

static Examples read_split(const char *name, DatasetSplit split)
{
    DatasetFixture *f = &dataset_fixture;
    Examples examples;
    cr_assert(dataset_examples(&examples, dataset_fixture_open(name), split, f->arena, &f->err),
              "%s", f->err.text);
    return examples;
}

static void expect_counts(const Counts *expected)
{
    size_t n[MOST_LABELS] = {0};
    for (int s = 0; s < N_SPLITS; s++) {
        if (!(expected->splits & 1u << s)) continue;
        Examples examples = read_split(expected->name, (DatasetSplit)s);
        for (size_t e = 0; e < examples.n; e++) {
            int label = examples.items[e].label;
            cr_assert(label >= 0 && label < MOST_LABELS, "%s", expected->name);
            cr_assert(isnan(examples.items[e].target), "%s", expected->name);
            n[label]++;
        }
    }
    for (int label = 0; label < MOST_LABELS; label++)
        cr_expect_eq(n[label], expected->labels[label], "%s: %zu rows of label %d, not %zu",
                     expected->name, n[label], label, expected->labels[label]);
}

Test(dataset_counts, each_label_occurs_as_often_as_published)
{
    for (const Counts *expected = published; expected->name; expected++) expect_counts(expected);
}

Test(dataset_counts, each_answer_of_race_is_right_as_often_as_published, .timeout = 400)
{
    for (const Counts *expected = published_race; expected->name; expected++)
        expect_counts(expected);
}

Test(dataset_counts, rows_to_submit_have_no_label)
{
    static const struct {
        const char *name;
        size_t n;
    } servers[] = {
        {"mrpc", 1725}, {"rte", 3000}, {"qnli-sample", 5463}, {"sst2", 1821}, {"wnli", 146}};
    for (size_t i = 0; i < sizeof servers / sizeof *servers; i++) {
        Examples examples = read_split(servers[i].name, SPLIT_SUBMISSION);
        cr_expect_eq(examples.n, servers[i].n, "%s", servers[i].name);
        for (size_t e = 0; e < examples.n; e++)
            cr_assert(examples.items[e].label == -1 && isnan(examples.items[e].target));
    }
}

Test(dataset_counts, stsb_has_its_published_scores_and_ignores_the_addresses_after_some_rows)
{
    Examples test = read_split("stsb", SPLIT_TEST);
    double sum = 0;
    for (size_t e = 0; e < test.n; e++) {
        const Example *row = &test.items[e];
        cr_assert(row->target >= 0 && row->target <= 5 && row->label == -1);
        cr_expect_null(strchr(row->text[1], '\t'));
        sum += row->target;
    }
    cr_expect_float_eq(sum / (double)test.n, 2.6079, 1e-4, "%.6f", sum / (double)test.n);
    cr_expect_str_eq(read_split("stsb", SPLIT_TRAIN).items[0].text[1],
                     "An air plane is taking off.");
}

Test(dataset_counts, quotation_marks_of_mrpc_are_letters_and_its_byte_order_mark_is_none)
{
    const Example *first = &read_split("mrpc", SPLIT_TRAIN).items[0];
    cr_expect_str_eq(first->text[0],
                     "Amrozi accused his brother, whom he called \"the witness\", of deliberately "
                     "distorting his evidence.");
}

Test(dataset_counts, premises_of_a_carved_set_are_on_one_side)
{
    Examples train = read_split("mnli-sample", SPLIT_TRAIN),
             validation = read_split("mnli-sample", SPLIT_VALIDATION);
    for (size_t t = 0; t < train.n; t++)
        for (size_t v = 0; v < validation.n; v++)
            cr_expect_str_neq(train.items[t].text[0], validation.items[v].text[0]);
}

/* --- quirks ------------------------------------------------------------------------------------- */

Test(dataset_counts, sick_has_both_its_tasks_in_one_file)
{
    const Example *entailment = &read_split("sick", SPLIT_TEST).items[0],
                  *relatedness = &read_split("sick-relatedness", SPLIT_TEST).items[0];
    cr_expect_str_eq(entailment->text[1], relatedness->text[1]);
    cr_expect_str_eq(entailment->id, relatedness->id);
    cr_expect(relatedness->target >= 1 && relatedness->target <= 5);
}

Test(dataset_counts, stories_of_mctest_are_running_text_and_questions_have_no_prefix)
{
    Examples test = read_split("mctest-500", SPLIT_TEST);
    for (size_t e = 0; e < test.n; e++) {
        cr_expect_null(strchr(test.items[e].text[0], '\\'), "%s", test.items[e].text[0]);
        cr_expect_null(strstr(test.items[e].text[0], " multiple: "), "%s", test.items[e].id);
        cr_expect_eq(test.items[e].n_texts, 5);
    }
    cr_expect_str_eq(test.items[5].id, "mc500.test.1:2");
}

Test(dataset_counts, copa_asks_in_words_and_keeps_its_mirrored_items_out)
{
    Examples train = read_split("copa", SPLIT_TRAIN), test = read_split("copa", SPLIT_TEST);
    cr_expect_str_eq(train.items[0].text[0],
                     "My body cast a shadow over the grass. What was the cause of this?");
    for (size_t e = 0; e < train.n; e++) cr_expect(atoi(train.items[e].id) <= 500);
    for (size_t e = 0; e < test.n; e++) cr_expect(atoi(test.items[e].id) > 500);
}

Test(dataset_counts, a_byte_that_is_no_utf8_is_read_as_latin1)
{
    Examples train = read_split("question-classes", SPLIT_TRAIN);
    int n = 0;
    for (size_t e = 0; e < train.n; e++)
        n += strstr(train.items[e].text[0], "sister\xC3\xB0"
                                            "city") != NULL;
    Examples validation = read_split("question-classes", SPLIT_VALIDATION);
    for (size_t e = 0; e < validation.n; e++)
        n += strstr(validation.items[e].text[0], "sister\xC3\xB0"
                                                 "city") != NULL;
    cr_expect_eq(n, 1);
}

Test(dataset_counts, dialogues_keep_a_line_a_turn_before_the_question)
{
    const Example *first = &read_split("dream", SPLIT_TEST).items[0];
    cr_expect_not_null(strchr(first->text[0], '\n'));
}

Test(dataset_counts, the_schemas_are_the_same_in_both_files)
{
    const Example *xml = &read_split("wsc285", SPLIT_TEST).items[0],
                  *text = &read_split("wsc273", SPLIT_TEST).items[0];
    cr_expect_str_eq(xml->text[0], text->text[0]);
    cr_expect_str_eq(xml->text[1], text->text[1]);
    cr_expect_str_eq(xml->text[xml->label + 2], text->text[text->label + 2]);
}

/* Twins differ in one word, and the other referent is right. */
Test(dataset_counts, pronouns_of_dpr_come_after_both_referents)
{
    Examples test = read_split("dpr", SPLIT_TEST);
    for (size_t e = 0; e < test.n; e++) {
        const Example *row = &test.items[e];
        cr_expect_not_null(strcasestr(row->text[0], row->text[2]), "%s", row->id);
        cr_expect_not_null(strcasestr(row->text[0], row->text[3]), "%s", row->id);
        if (e % 2) cr_expect_neq(row->label, test.items[e - 1].label, "%s", row->id);
    }
}

Test(dataset_counts, passages_of_lambada_end_before_their_last_word)
{
    Examples test = read_split("lambada", SPLIT_TEST);
    cr_expect_eq(test.n, 5153);
    cr_expect_str_eq(test.items[0].text[1], "signs");
    for (size_t e = 0; e < test.n; e++)
        cr_expect_null(strpbrk(test.items[e].text[1], " \n"), "%s", test.items[e].text[1]);
}

/* Each candidate stands once in what is left. */
Test(dataset_counts, gaps_of_lambada_are_filled_from_its_passages)
{
    Examples test = read_split("lambada-cloze", SPLIT_TEST);
    size_t n_behind = 0;
    cr_expect_eq(test.n, 1161);
    for (size_t e = 0; e < test.n; e++) {
        const Example *row = &test.items[e];
        cr_assert_eq(row->n_texts, 6);
        cr_assert(row->label >= 0 && row->label < 4);
        for (int k = 2; k < 6; k++) {
            const bool before = strcasestr(row->text[0], row->text[k]) != NULL;
            const bool behind = strcasestr(row->text[1], row->text[k]) != NULL;
            cr_expect(before || behind, "%s: %s", row->id, row->text[k]);
            if (k - 2 == row->label)
                cr_expect(strcmp(row->facet[0], "behind") == 0 ? behind : before, "%s", row->id);
        }
        n_behind += strcmp(row->facet[0], "behind") == 0;
    }
    cr_expect_eq(n_behind, 669);
}

/* Questions about one passage are on one side, or validation would be easier than the test. */
Test(dataset_counts, passages_of_a_carved_set_are_on_one_side, .timeout = 400)
{
    Examples train = read_split("race-sample-middle", SPLIT_TRAIN),
             validation = read_split("race-sample-middle", SPLIT_VALIDATION);
    const char *last = "";
    for (size_t v = 0; v < validation.n; v++) {
        size_t size = strcspn(validation.items[v].id, ":");
        if (strncmp(last, validation.items[v].id, size + 1) == 0) continue;
        last = validation.items[v].id;
        for (size_t t = 0; t < train.n; t++)
            cr_assert(strncmp(train.items[t].id, last, size + 1) != 0, "%s", last);
    }
}
