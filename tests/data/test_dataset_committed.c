/* The committed manifests, as far as they can be checked without the data. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "dataset_fixture.h"

static void set_up(void)
{
    dataset_fixture_set_up();
    dataset_fixture.places.manifests = "datasets";
}
TestSuite(dataset_committed, .init = set_up, .fini = dataset_fixture_tear_down);

Test(dataset_committed, every_manifest_opens_and_has_a_hash_of_its_own)
{
    DatasetFixture *f = &dataset_fixture;
    char **names;
    size_t n;
    HashText digests[128];
    cr_assert(dataset_names(&names, &n, &f->places, f->arena, &f->err), "%s", f->err.text);
    cr_assert(n >= 10 && n <= 128);
    for (size_t i = 0; i < n; i++) {
        const Dataset *dataset = dataset_fixture_open(names[i]);
        if (!dataset_hash(&digests[i], dataset, f->arena, &f->err)) {
            /* digests that nobody publishes are recorded by whoever fetches them */
            cr_assert(strstr(f->err.text, "is not recorded yet"), "%s", f->err.text);
            error_clear(&f->err);
            digests[i].text[0] = '\0';
        }
        for (size_t j = 0; j < i; j++) cr_expect_str_neq(digests[i].text, digests[j].text);
    }
}

/* Somebody's own, added to the folder. */
static bool is_own(const char *name)
{
    DatasetFixture *f = &dataset_fixture;
    const char *path = arena_format(f->arena, &f->err, "%s/%s.json", f->places.manifests, name);
    const Json *manifest = path ? json_parse_file(path, f->arena, &f->err) : NULL;
    cr_assert(manifest, "%s", f->err.text);
    return json_get(manifest, "imported") != NULL;
}

Test(dataset_committed, tasks_say_what_their_test_split_is)
{
    DatasetFixture *f = &dataset_fixture;
    char **names;
    size_t n;
    cr_assert(dataset_names(&names, &n, &f->places, f->arena, &f->err), "%s", f->err.text);
    for (size_t i = 0; i < n; i++) {
        const DatasetInfo *info = dataset_info(dataset_fixture_open(names[i]));
        if (!dataset_form_is_labelled(info->form) || is_own(names[i])) continue;
        cr_expect(info->test_note, "%s", names[i]);
        cr_expect(info->licence, "%s", names[i]);
        bool has_classes = info->form != DATASET_REGRESSION && dataset_form_has_answers(info->form);
        cr_expect(has_classes ? info->n_labels >= 2 : info->n_labels == 0, "%s", names[i]);
        cr_expect(info->form != DATASET_REGRESSION || info->low < info->high, "%s", names[i]);
    }
}

static bool is_within(const Example *row, const DatasetInfo *info)
{
    if (info->form == DATASET_REGRESSION)
        return row->label == -1 && row->target >= info->low && row->target <= info->high;
    return isnan(row->target) && row->label >= 0 && row->label < info->n_labels;
}

static bool begins_a_row(const char *text, const Examples *examples)
{
    for (size_t i = 0; i < examples->n; i++)
        if (strcmp(text, examples->items[i].text[0]) == 0) return true;
    return false;
}

Test(dataset_committed, generated_tasks_have_labels_within_their_names_and_no_story_in_two_splits)
{
    DatasetFixture *f = &dataset_fixture;
    static const char *const tasks[] = {
        "acceptability", "sentiment", "entailment",  "similarity",          "ending",
        "recall-1",      "recall-6",  "relatedness", "acceptability-large", "entailment-large"};
    for (size_t t = 0; t < sizeof tasks / sizeof *tasks; t++) {
        char *name = arena_format(f->arena, &f->err, "storyworld-%s", tasks[t]);
        const Dataset *dataset = dataset_fixture_open(name);
        Examples splits[N_SPLITS];
        for (int s = SPLIT_TRAIN; s <= SPLIT_TEST; s++) {
            cr_assert(dataset_examples(&splits[s], dataset, s, f->arena, &f->err), "%s",
                      f->err.text);
            for (size_t i = 0; i < splits[s].n; i++)
                cr_expect(is_within(&splits[s].items[i], dataset_info(dataset)), "%s", name);
        }
        for (size_t i = 0; i < splits[SPLIT_TEST].n; i++) {
            const char *text = splits[SPLIT_TEST].items[i].text[0];
            cr_expect_not(begins_a_row(text, &splits[SPLIT_TRAIN]), "%s: %s", name, text);
        }
    }
}

Test(dataset_committed, the_same_corpus_is_read_the_same_twice)
{
    DatasetFixture *f = &dataset_fixture;
    Documents first, second;
    const Dataset *dataset = dataset_fixture_open("storyworld");
    cr_assert(dataset_documents(&first, dataset, f->arena, &f->err) &&
              dataset_documents(&second, dataset, f->arena, &f->err));
    cr_assert_eq(first.n, second.n);
    for (size_t i = 0; i < first.n; i++)
        cr_expect_str_eq(first.items[i].text, second.items[i].text);
}
