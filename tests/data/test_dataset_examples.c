#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "dataset_fixture.h"

TestSuite(dataset_examples, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

static const char good_rows[] = "1\tA dog barks.\n0\tDog a barks.\n1\tCats sleep.\n";

/* A small classification set whose one file holds `rows` and is named with their hash. */
static void write_set(const char *rows, int n_rows, const char *splits)
{
    HashText digest = hash_bytes(rows, strlen(rows));
    dataset_fixture_write("mirror/set/rows.tsv", rows);
    dataset_fixture_write_manifest(
        "set",
        "{\"title\": \"Set\", \"licence\": \"free\", \"form\": \"classification\", \"metric\": "
        "\"accuracy\","
        " \"labels\": [\"bad\", \"good\"],"
        " \"files\": [{\"path\": \"set/rows.tsv\", \"urls\": [\"file:///nowhere/rows.tsv\"], "
        "\"sha256\": \"%s\"}],"
        " \"table\": {\"columns\": [\"label\", \"text\"], \"text\": [\"text\"], \"label\": "
        "\"label\", \"label_words\": [\"0\", \"1\"]},"
        " \"splits\": {\"train\": {\"sources\": [{\"file\": \"set/rows.tsv\", \"rows\": %d}], %s}}",
        digest.text, n_rows, splits);
}

static bool read_split(Examples *examples, DatasetSplit split)
{
    DatasetFixture *f = &dataset_fixture;
    return dataset_examples(examples, dataset_fixture_open("set"), split, f->arena, &f->err);
}

Test(dataset_examples, rows_become_examples_with_labels_and_ids)
{
    Examples examples;
    write_set(good_rows, 3, "\"rows\": 3}");
    cr_assert(read_split(&examples, SPLIT_TRAIN), "%s", dataset_fixture.err.text);
    cr_assert_eq(examples.n, 3);
    cr_expect_str_eq(examples.items[1].text[0], "Dog a barks.");
    cr_expect_eq(examples.items[1].label, 0);
    cr_expect_eq(examples.items[1].n_texts, 1);
    cr_expect_str_eq(examples.items[1].id, "rows.tsv:2");
}

Test(dataset_examples, an_unknown_label_is_an_error_with_its_line)
{
    Examples examples;
    write_set("1\tA dog.\n2\tA cat.\n", 2, "\"rows\": 2}");
    dataset_fixture_expect_error(read_split(&examples, SPLIT_TRAIN), ERROR_USAGE,
                                 "rows.tsv:2: unknown label '2'", "split 'train' of data set 'set'",
                                 NULL);
}

Test(dataset_examples, a_malformed_row_is_an_error_with_its_line)
{
    Examples examples;
    write_set("1\tA dog.\nA cat.\n", 2, "\"rows\": 2}");
    dataset_fixture_expect_error(read_split(&examples, SPLIT_TRAIN), ERROR_USAGE,
                                 "rows.tsv:2: 1 tab-separated fields", NULL);
}

Test(dataset_examples, an_empty_text_is_an_error)
{
    Examples examples;
    write_set("1\tA dog.\n1\t \n", 2, "\"rows\": 2}");
    dataset_fixture_expect_error(read_split(&examples, SPLIT_TRAIN), ERROR_USAGE,
                                 "rows.tsv:2: column 'text' is empty", NULL);
}

Test(dataset_examples, another_number_of_rows_is_an_error)
{
    Examples examples;
    write_set(good_rows, 4, "\"rows\": 4}");
    dataset_fixture_expect_error(read_split(&examples, SPLIT_TRAIN), ERROR_USAGE,
                                 "3 rows, expected 4", NULL);
}

Test(dataset_examples, a_file_without_rows_is_an_error)
{
    Examples examples;
    write_set("", 1, "\"rows\": 1}");
    dataset_fixture_expect_error(read_split(&examples, SPLIT_TRAIN), ERROR_USAGE,
                                 "0 rows, expected 1", NULL);
}

Test(dataset_examples, a_split_that_is_not_there_is_an_error)
{
    Examples examples;
    write_set(good_rows, 3, "\"rows\": 3}");
    dataset_fixture_expect_error(read_split(&examples, SPLIT_TEST), ERROR_USAGE, "no split 'test'",
                                 NULL);
}

static const char many_rows[] =
    "1\tone\n0\ttwo\n1\tthree\n0\tfour\n1\tfive\n0\tTwo\n1\tsix\n0\t two\n1\tseven\n";

Test(dataset_examples, carving_parts_the_training_rows_and_leaves_their_order)
{
    Examples train, validation;
    write_set("1\tone\n0\ttwo\n1\tthree\n0\tfour\n1\tfive\n", 5,
              "\"rows\": 3}, \"validation\": {\"carved_rows\": 2, \"rows\": 2}");
    cr_assert(read_split(&train, SPLIT_TRAIN) && read_split(&validation, SPLIT_VALIDATION), "%s",
              dataset_fixture.err.text);
    cr_assert_eq(train.n, 3);
    cr_assert_eq(validation.n, 2);
    size_t t = 0, v = 0;
    for (const char *const *word =
             (const char *const[]){"one", "two", "three", "four", "five", NULL};
         *word; word++) {
        if (t < train.n && strcmp(train.items[t].text[0], *word) == 0) t++;
        else if (v < validation.n && strcmp(validation.items[v].text[0], *word) == 0) v++;
    }
    cr_expect_eq(t, 3);
    cr_expect_eq(v, 2);
}

/* Whatever the number carved, the three rows that say "two" are on one side. */
Test(dataset_examples, rows_with_the_same_text_are_never_parted_by_carving)
{
    for (int carved = 1; carved < 7; carved++) {
        int n[2] = {0};
        for (int wanted = carved; wanted <= carved + 2; wanted++) {
            char splits[128];
            snprintf(splits, sizeof splits,
                     "\"rows\": %d}, \"validation\": {\"carved_rows\": %d, \"rows\": %d}",
                     9 - wanted, carved, wanted);
            write_set(many_rows, 9, splits);
            Examples examples[2];
            dataset_fixture.err = (Error){0};
            if (!read_split(&examples[0], SPLIT_TRAIN))
                continue; /* more rows than asked for: one text's rows */
            cr_assert(read_split(&examples[1], SPLIT_VALIDATION));
            for (int side = 0; side < 2; side++)
                for (size_t i = 0; i < examples[side].n; i++)
                    n[side] += strcasestr(examples[side].items[i].text[0], "two") != NULL;
        }
        cr_expect_eq(n[0] + n[1], 3);
        cr_expect(n[0] == 0 || n[1] == 0, "%d carved: %d and %d", carved, n[0], n[1]);
    }
}

Test(dataset_examples, columns_are_joined_and_answers_labelled_from_zero)
{
    const char rows[] = "id,s1,s2,e1,e2,right\nx,A.,B.,\"C, c.\",D.,2\n";
    HashText digest = hash_bytes(rows, strlen(rows));
    dataset_fixture_write("mirror/rows.csv", rows);
    dataset_fixture_write_manifest(
        "set",
        "{\"title\": \"Set\", \"licence\": \"free\", \"form\": \"multiple-choice\", \"metric\": "
        "\"accuracy\","
        " \"files\": [{\"path\": \"rows.csv\", \"urls\": [\"file:///nowhere\"], \"sha256\": "
        "\"%s\"}],"
        " \"table\": {\"format\": \"csv\", \"header\": true, \"columns\": [\"id\", \"s1\", \"s2\", "
        "\"e1\", \"e2\", \"right\"],"
        "  \"text\": [\"s1+s2\", \"e1\", \"e2\"], \"label\": \"right\", \"id\": \"id\", "
        "\"label_words\": [\"1\", \"2\"]},"
        " \"splits\": {\"test\": {\"sources\": [{\"file\": \"rows.csv\", \"rows\": 1}], \"rows\": "
        "1}}}",
        digest.text);
    Examples examples;
    cr_assert(read_split(&examples, SPLIT_TEST), "%s", dataset_fixture.err.text);
    const Example *example = &examples.items[0];
    cr_expect_eq(example->n_texts, 3);
    cr_expect_str_eq(example->text[0], "A. B.");
    cr_expect_str_eq(example->text[1], "C, c.");
    cr_expect_eq(example->label, 1);
    cr_expect_str_eq(example->id, "x");
    const DatasetInfo *info = dataset_info(dataset_fixture_open("set"));
    cr_expect_eq(info->n_labels, 2);
    cr_expect_null(info->label_names);
    cr_expect(isnan(info->paper_score));
}

Test(dataset_examples, running_out_of_memory_at_any_point_is_an_ordinary_error)
{
    write_set("1\tone\n0\ttwo\n1\tthree\n", 3,
              "\"rows\": 2}, \"validation\": {\"carved_rows\": 1, \"rows\": 1}");
    DatasetFixture *f = &dataset_fixture;
    const Dataset *dataset = dataset_fixture_open("set");
    bool read = false;
    for (long at = 1; !read; at++) {
        Examples examples;
        f->err = (Error){0};
        arena_fail_at(at);
        read = dataset_examples(&examples, dataset, SPLIT_TRAIN, f->arena, &f->err);
        arena_fail_at(0);
        cr_assert(read || f->err.n_errors > 0, "allocation %ld failed without a word", at);
        cr_assert(at < 1000);
    }
}
