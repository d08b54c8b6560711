#include "data/dataset/dataset_lock.h"

#include <criterion/criterion.h>
#include <string.h>

#include "dataset_fixture.h"

TestSuite(dataset_lock, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

/* A model whose file lies in the mirror, and whose digest nobody knows. */
static Dataset *open_unknown(void)
{
    dataset_fixture_write("mirror/model/weights.bin", "some weights");
    dataset_fixture_write_manifest(
        "model", "{\"title\": \"t\", \"licence\": \"none\", \"form\": \"weights\", \"metric\": "
                 "\"perplexity\", "
                 "\"ask_at\": \"https://example.org\", \"weights\": {\"layout\": \"huggingface\"}, "
                 "\"files\": [{\"path\": \"model/weights.bin\", \"recorded\": true}]}");
    return dataset_fixture_open("model");
}

Test(dataset_lock, what_is_not_recorded_has_no_hash_and_is_not_used)
{
    DatasetFixture *f = &dataset_fixture;
    HashText hash;
    DatasetModel model;
    Dataset *dataset = open_unknown();
    dataset_fixture_expect_error(dataset_hash(&hash, dataset, f->arena, &f->err), ERROR_USAGE,
                                 "model/weights.bin", "is not recorded yet",
                                 "reprise data fetch model", NULL);
    dataset_fixture_expect_error(dataset_model(&model, dataset, f->arena, &f->err), ERROR_USAGE,
                                 "is not recorded yet", NULL);
}

Test(dataset_lock, fetching_records_and_the_record_is_kept_to)
{
    DatasetFixture *f = &dataset_fixture;
    HashText hash, again;
    DatasetModel model;
    Dataset *dataset = open_unknown();
    cr_assert(dataset_fetch(dataset, &f->err), "%s", f->err.text);
    cr_expect(dataset_fixture_exists("manifests/model.lock.json"));
    cr_assert(dataset_hash(&hash, dataset, f->arena, &f->err), "%s", f->err.text);
    dataset = dataset_fixture_open("model");
    cr_assert(dataset_hash(&again, dataset, f->arena, &f->err), "%s", f->err.text);
    cr_expect_str_eq(hash.text, again.text);
    cr_assert(dataset_model(&model, dataset, f->arena, &f->err), "%s", f->err.text);
    cr_expect_eq(model.n, 1);
    dataset_fixture_write("mirror/model/weights.bin", "other weights");
    dataset = dataset_fixture_open("model");
    dataset_fixture_expect_error(dataset_model(&model, dataset, f->arena, &f->err), ERROR_USAGE,
                                 "has SHA-256", "expected", NULL);
}

Test(dataset_lock, a_damaged_record_says_what_to_do)
{
    DatasetFixture *f = &dataset_fixture;
    (void)open_unknown();
    dataset_fixture_write("manifests/model.lock.json", "{\"model/weights.bin\": \"short\"}");
    dataset_fixture_expect_error(dataset_open("model", &f->places, f->arena, &f->err) != NULL,
                                 ERROR_USAGE, "model.lock.json", "has no SHA-256",
                                 "fetched and recorded anew", NULL);
}

Test(dataset_lock, a_lock_is_no_data_set)
{
    DatasetFixture *f = &dataset_fixture;
    char **names;
    size_t n;
    cr_assert(dataset_fetch(open_unknown(), &f->err), "%s", f->err.text);
    cr_assert(dataset_names(&names, &n, &f->places, f->arena, &f->err), "%s", f->err.text);
    cr_assert_eq(n, 1);
    cr_expect_str_eq(names[0], "model");
}
