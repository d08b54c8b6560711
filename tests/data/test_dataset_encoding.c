/* Tables and books that are not UTF-8: refused where nothing names their encoding, read where the manifest does. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "dataset_fixture.h"

TestSuite(dataset_encoding, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

static bool read_rows(Examples *examples, const char *table, const char *bytes, size_t size)
{
    DatasetFixture *f = &dataset_fixture;
    HashText digest = hash_bytes(bytes, size);
    dataset_fixture_write_bytes("mirror/rows", bytes, size);
    dataset_fixture_write_manifest(
        "set",
        "{\"title\": \"T\", \"licence\": \"L\", \"metric\": \"m\", \"form\": \"classification\", "
        "\"labels\": [\"bad\", \"good\"], \"files\": [{\"path\": \"rows\", \"urls\": [\"u\"], "
        "\"sha256\": \"%s\"}], "
        "\"table\": {%s, \"columns\": [\"label\", \"text\"], \"text\": [\"text\"], "
        "\"label\": \"label\", \"label_words\": [\"0\", \"1\"]}, "
        "\"splits\": {\"train\": {\"sources\": [{\"file\": \"rows\", \"rows\": 2}], \"rows\": 2}}}",
        digest.text, table);
    return dataset_examples(examples, dataset_fixture_open("set"), SPLIT_TRAIN, f->arena, &f->err);
}

static bool read_book(Documents *documents, const char *encoding, const char *bytes, size_t size)
{
    DatasetFixture *f = &dataset_fixture;
    HashText digest = hash_bytes(bytes, size);
    dataset_fixture_write_bytes("mirror/book.txt", bytes, size);
    dataset_fixture_write_manifest(
        "books",
        "{\"title\": \"T\", \"licence\": \"L\", \"metric\": \"m\", \"form\": \"corpus\", "
        "\"files\": [{\"path\": \"book.txt\", \"urls\": [\"u\"], \"sha256\": \"%s\"}], "
        "\"documents\": {\"file\": \"book.txt\", \"encoding\": \"%s\", \"count\": 1}}",
        digest.text, encoding);
    return dataset_documents(documents, dataset_fixture_open("books"), f->arena, &f->err);
}

#define LATIN_ROWS "0\tplain\n1\tcaf\xE9\n"

Test(dataset_encoding, a_table_that_is_no_utf8_is_refused_with_the_way_out)
{
    static const char *const formats[] = {"tsv", "blocks", "json-lines"};
    Examples examples;
    dataset_fixture_expect_error(
        read_rows(&examples, "\"format\": \"csv\"", "0,plain\n1,caf\xE9\n", 15), ERROR_USAGE,
        "rows:2: byte 13 of the file, 0xE9, is no UTF-8; it looks like latin-1", "iconv",
        "name its encoding: \"latin-1\"", NULL);
    for (int i = 0; i < 3; i++) {
        char table[64];
        snprintf(table, sizeof table, "\"format\": \"%s\"", formats[i]);
        error_clear(&dataset_fixture.err);
        dataset_fixture_expect_error(read_rows(&examples, table, LATIN_ROWS, sizeof LATIN_ROWS - 1),
                                     ERROR_USAGE, "rows:2: byte 13 of the file, 0xE9", NULL);
    }
}

Test(dataset_encoding, a_table_is_read_where_its_encoding_is_named)
{
    Examples examples;
    cr_assert(
        read_rows(&examples, "\"encoding\": \"windows-1252\"", "0\t\x93x\x94\n1\tcaf\xE9\n", 13),
        "%s", dataset_fixture.err.text);
    cr_expect_str_eq(examples.items[0].text[0], "“x”");
    cr_expect_str_eq(examples.items[1].text[0], "café");
    cr_assert(read_rows(&examples, "\"encoding\": \"utf-16\"",
                        "\xFF\xFE"
                        "0\0\t\0x\0\n\0"
                        "1\0\t\0\xE9\0\n\0",
                        18),
              "%s", dataset_fixture.err.text);
    cr_expect_str_eq(examples.items[1].text[0], "é");
}

#define SENTENCE                                                                                   \
    "It was a bright cold day and the clocks of the town were striking, one after the other, and " \
    "none of them together"

Test(dataset_encoding, a_book_that_is_no_utf8_is_refused_with_the_way_out)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *words;
    } books[] = {
        {SENTENCE "\nanother, \x93now\x94.\n", 130,
         "book.txt:2: byte 123 of the file, 0x93, is no UTF-8; it looks like windows-1252"},
        {SENTENCE "\nanother, caf\xE9.\n", 129, "0xE9, is no UTF-8; it looks like latin-1"},
        {"\xFF\xFEI\0t\0 \0w\0a\0s\0", 14, "looks like utf-16"},
        {SENTENCE "\nanother,\0 now.\n", 129, "book.txt:2: byte 122 of the file is zero"},
    };
    Documents documents;
    for (size_t i = 0; i < sizeof books / sizeof *books; i++) {
        error_clear(&dataset_fixture.err);
        dataset_fixture_expect_error(read_book(&documents, "utf-8", books[i].bytes, books[i].size),
                                     ERROR_USAGE, books[i].words, NULL);
    }
}

Test(dataset_encoding, a_book_is_read_where_its_encoding_is_named)
{
    Documents documents;
    static const char bytes[] = SENTENCE " another, \x93now\x94.\n";
    cr_assert(read_book(&documents, "windows-1252", bytes, sizeof bytes - 1), "%s",
              dataset_fixture.err.text);
    cr_expect_str_eq(documents.items[0].text, SENTENCE " another, “now”.\n");
}

Test(dataset_encoding, labels_in_a_file_of_their_own_are_held_to_utf8)
{
    static const char rows[] = "a\nb\n";
    static const struct {
        const char *bytes;
        size_t size;
        const char *message;
    } cases[] = {
        {"0\n\xE9\n", 4, "labels:2: byte 2 of the file, 0xE9, is no UTF-8"},
        {"0\n\0\n", 4, "labels:2: byte 2 of the file is zero, which no text has"},
        {"\xFF\xFE"
         "0\0\n\0",
         6, "it looks like utf-16"},
    };
    DatasetFixture *f = &dataset_fixture;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Examples examples;
        error_clear(&f->err);
        HashText of_rows = hash_bytes(rows, sizeof rows - 1),
                 of_labels = hash_bytes(cases[i].bytes, cases[i].size);
        char set[16];
        snprintf(set, sizeof set, "set%zu", i);
        dataset_fixture_write_bytes("mirror/rows", rows, sizeof rows - 1);
        dataset_fixture_write_bytes("mirror/labels", cases[i].bytes, cases[i].size);
        dataset_fixture_write_manifest(
            set,
            "{\"title\": \"T\", \"licence\": \"L\", \"metric\": \"m\", \"form\": "
            "\"classification\", "
            "\"labels\": [\"bad\", \"good\"], \"files\": [{\"path\": \"rows\", \"urls\": [\"u\"], "
            "\"sha256\": \"%s\"}, {\"path\": \"labels\", \"urls\": [\"u\"], \"sha256\": \"%s\"}], "
            "\"table\": {\"columns\": [\"text\"], \"text\": [\"text\"], \"label_words\": [\"0\", "
            "\"1\"]}, "
            "\"splits\": {\"train\": {\"sources\": [{\"file\": \"rows\", \"labels\": \"labels\", "
            "\"rows\": 2}], \"rows\": 2}}}",
            of_rows.text, of_labels.text);
        dataset_fixture_expect_error(
            dataset_examples(&examples, dataset_fixture_open(set), SPLIT_TRAIN, f->arena, &f->err),
            ERROR_USAGE, cases[i].message, NULL);
    }
}
