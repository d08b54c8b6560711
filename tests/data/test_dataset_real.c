/* The committed manifests against the data itself. Runs where REPRISE_MIRROR names a folder with it. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "data/dataset/dataset_manifest.h"
#include "dataset_fixture.h"

static void set_up(void)
{
    DatasetFixture *f = &dataset_fixture;
    dataset_fixture_set_up();
    f->places.manifests = "datasets";
    f->places.mirror = getenv("REPRISE_MIRROR");
    if (!f->places.mirror) cr_skip_test("REPRISE_MIRROR is not set");
}
TestSuite(dataset_real, .init = set_up, .fini = dataset_fixture_tear_down, .timeout = 120);

static Examples read_split(const char *name, DatasetSplit split)
{
    DatasetFixture *f = &dataset_fixture;
    Examples examples;
    cr_assert(dataset_examples(&examples, dataset_fixture_open(name), split, f->arena, &f->err),
              "%s", f->err.text);
    return examples;
}

static void expect_labels(const Examples *examples, size_t n_zero, size_t n_one)
{
    size_t n[2] = {0};
    for (size_t i = 0; i < examples->n; i++) n[examples->items[i].label]++;
    cr_expect_eq(n[0], n_zero, "%zu rows with label 0, expected %zu", n[0], n_zero);
    cr_expect_eq(n[1], n_one, "%zu rows with label 1, expected %zu", n[1], n_one);
}

static int by_first_text(const void *a, const void *b)
{
    return strcasecmp((*(const Example *const *)a)->text[0], (*(const Example *const *)b)->text[0]);
}

/* Rows of training and validation together, sorted by their first text. */
static const Example **both_sides(const Examples *train, const Examples *validation)
{
    DatasetFixture *f = &dataset_fixture;
    const Example **all = arena_alloc(f->arena, train->n + validation->n, sizeof *all, &f->err);
    cr_assert(all);
    for (size_t i = 0; i < train->n; i++) all[i] = &train->items[i];
    for (size_t i = 0; i < validation->n; i++) all[train->n + i] = &validation->items[i];
    qsort(all, train->n + validation->n, sizeof *all, by_first_text);
    return all;
}

/* Published counts of the two labels in training and validation together. */
static void expect_carved(const char *name, size_t n_zero, size_t n_one)
{
    Examples train = read_split(name, SPLIT_TRAIN), validation = read_split(name, SPLIT_VALIDATION);
    size_t n[2] = {0}, n_all = train.n + validation.n;
    const Example **all = both_sides(&train, &validation);
    for (size_t i = 0; i < n_all; i++) {
        n[all[i]->label]++;
        if (i == 0 || by_first_text(&all[i - 1], &all[i]) != 0) continue;
        bool first_carved =
            all[i - 1] >= validation.items && all[i - 1] < validation.items + validation.n;
        bool second_carved = all[i] >= validation.items && all[i] < validation.items + validation.n;
        cr_expect_eq(first_carved, second_carved, "on both sides: %s", all[i]->text[0]);
    }
    cr_expect_eq(n[0], n_zero, "%zu rows with label 0, expected %zu", n[0], n_zero);
    cr_expect_eq(n[1], n_one, "%zu rows with label 1, expected %zu", n[1], n_one);
}

Test(dataset_real, cola_has_the_published_label_counts_and_no_sentence_on_both_sides)
{
    expect_carved("cola", 2528, 6023);
    Examples test = read_split("cola", SPLIT_TEST);
    expect_labels(&test, 162 + 162, 365 + 354);
}

Test(dataset_real, sst2_has_the_published_label_counts_and_no_phrase_on_both_sides)
{
    expect_carved("sst2", 29780, 37569);
    Examples test = read_split("sst2", SPLIT_TEST);
    expect_labels(&test, 428, 444);
}

Test(dataset_real, story_cloze_splits_the_validation_file_and_tests_on_the_test_file)
{
    expect_carved("story-cloze", 962, 909);
    Examples test = read_split("story-cloze", SPLIT_TEST),
             train = read_split("story-cloze", SPLIT_TRAIN);
    expect_labels(&test, 960, 911);
    cr_expect_eq(train.n, 1497);
    cr_expect_str_eq(train.items[0].id, "138d5bfb-05cc-41e3-bf2c-fa85ebad14e2");
    cr_expect_str_eq(train.items[0].text[1], "He is happy now.");
}

static Documents read_novels(void)
{
    DatasetFixture *f = &dataset_fixture;
    Documents novels;
    cr_assert(dataset_documents(&novels, dataset_fixture_open("english-novels"), f->arena, &f->err),
              "%s", f->err.text);
    return novels;
}

static const Document *novel(const Documents *novels, const char *name)
{
    for (size_t i = 0; i < novels->n; i++)
        if (strcmp(novels->items[i].name, name) == 0) return &novels->items[i];
    cr_assert_fail("no novel '%s'", name);
    return NULL;
}

Test(dataset_real, the_hundred_novels_are_plain_paragraphs)
{
    Documents novels = read_novels();
    size_t bytes = 0;
    cr_assert_eq(novels.n, 100);
    for (size_t i = 0; i < novels.n; i++) {
        const Document *book = &novels.items[i];
        bytes += book->size;
        cr_expect_null(memchr(book->text, '\r', book->size), "%s", book->name);
        cr_expect_null(strstr(book->text, "\xEF\xBB\xBF"), "%s", book->name);
        cr_expect_null(strstr(book->text, "\n\n"), "%s", book->name);
        cr_expect_null(strstr(book->text, "  "), "%s", book->name);
        cr_expect_null(strstr(book->text, "\nCHAPTER "), "%s", book->name);
        cr_expect_eq(book->text[book->size - 1], '\n', "%s", book->name);
    }
    /* 78,367,019 bytes before: what is dropped is spacing, line ends and 0.2 % of the words */
    cr_expect(bytes > 76500000 && bytes < 77200000, "%zu bytes", bytes);
}

Test(dataset_real, hard_wrapped_novels_have_their_paragraphs_joined)
{
    Documents novels = read_novels();
    /* wrapped, without empty lines between paragraphs */
    cr_expect_not_null(strstr(novel(&novels, "Hardy_Jude_1895")->text,
                              "\n\"I'm turned away.\"\n\"What?\"\n\"Mr. Troutham have turned me "
                              "away because I let the rooks have "
                              "a few peckings of corn. And there's my wages"));
    /* wrapped, with empty lines */
    cr_expect_not_null(
        strstr(novel(&novels, "Bennet_Babylon_1902")->text,
               "\nJules, the celebrated head waiter of the Grand Babylon, was bending formally"));
    /* wrapped in the middle of words */
    cr_expect_not_null(strstr(novel(&novels, "Hardy_Madding_1874")->text,
                              "with a sense of difference from the mass"));
    /* one paragraph a line already, among them short ones */
    cr_expect_not_null(strstr(novel(&novels, "Bennet_Babylon_1902")->text, "'YES, sir?'\n"));
}

Test(dataset_real, blimp_has_67_sets_of_1000_pairs_in_12_phenomena)
{
    DatasetFixture *f = &dataset_fixture;
    const Examples all = read_split("blimp", SPLIT_TEST),
                   some = read_split("blimp-sample", SPLIT_TEST);
    const DatasetInfo *info = dataset_info(dataset_fixture_open("blimp"));
    Facets facets, sampled;
    cr_assert(dataset_facets_collect(&facets, &info->facets, &all, f->arena, &f->err) &&
              dataset_facets_collect(&sampled, &info->facets, &some, f->arena, &f->err));
    cr_expect_eq(facets.items[0].values.n, 12);
    cr_expect_eq(facets.items[1].values.n, 67);
    cr_expect_eq(sampled.items[1].values.n, 67);
    for (int v = 0; v < 67; v++) {
        static const double right[67000];
        cr_expect_eq(dataset_facets_count(&facets.items[1], v, right, 67000).n, 1000);
        cr_expect_eq(dataset_facets_count(&sampled.items[1], v, right, 6700).n, 100);
    }
    cr_expect_str_eq(all.items[0].id, "adjunct_island:0");
    cr_expect_str_eq(all.items[0].text[0], "Who should Derek hug after shocking Richard?");
    cr_expect_str_eq(all.items[0].text[1], "Who should Derek hug Richard after shocking?");
    const DatasetOther *other = info->zero_shot.others.items;
    cr_expect_eq(info->zero_shot.others.n, 4);
    cr_expect_eq(other[3].score, 83.3);
}
