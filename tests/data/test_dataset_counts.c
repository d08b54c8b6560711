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
};

static Examples read_split(const char *name, DatasetSplit split)
{
    DatasetFixture *f = &dataset_fixture;
    Examples examples;
    cr_assert(dataset_examples(&examples, dataset_fixture_open(name), split, f->arena, &f->err),
              "%s", f->err.text);
    return examples;
}

Test(dataset_counts, each_label_occurs_as_often_as_published)
{
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        const Counts *expected = &published[i];
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
}

Test(dataset_counts, rows_to_submit_have_no_label)
{
    static const struct {
        const char *name;
        size_t n;
    } servers[] = {{"mrpc", 1725}, {"rte", 3000}, {"qnli-sample", 5463}, {"sst2", 1821}};
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
