#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "data/dataset/dataset_verify.h"
#include "dataset_fixture.h"

TestSuite(dataset_files, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

#define BOOK                                                                                       \
    "It was a bright cold day and the clocks of the town were striking, one after the other, and " \
    "none "                                                                                        \
    "of them together, as they had done for years."

static const char *const names[] = {"top/corpus/A_1900.txt", "top/corpus/B_1901.txt", "top/README"};
static const char *const texts[] = {BOOK "\n", BOOK "\nAgain.\n", "not a book\n"};

/* A corpus of two books; `url` is where it can be had upstream. */
static void write_corpus(const char *url, int count)
{
    HashText tree;
    dataset_fixture_write_tar("elsewhere/reference.tar", names, texts, 3, 0);
    char *path = file_join(dataset_fixture.arena, dataset_fixture.folder, "elsewhere/reference.tar",
                           &dataset_fixture.err);
    cr_assert(path &&
              dataset_verify_tree_hash(&tree, path, &(DatasetFile){.members = "*/corpus/*.txt"},
                                       &dataset_fixture.err));
    dataset_fixture_write_manifest(
        "books",
        "{\"title\": \"Books\", \"licence\": \"free\", \"form\": \"corpus\", \"metric\": "
        "\"perplexity\","
        " \"files\": [{\"path\": \"some/books.tar\", \"urls\": [\"%s\"], \"tree_sha256\": \"%s\","
        "  \"members\": \"*/corpus/*.txt\"}],"
        " \"documents\": {\"file\": \"some/books.tar\", \"members\": \"*/corpus/*.txt\", "
        "\"count\": %d}}",
        url, tree.text, count);
}

static bool read_books(Documents *documents)
{
    DatasetFixture *f = &dataset_fixture;
    return dataset_documents(documents, dataset_fixture_open("books"), f->arena, &f->err);
}

/* file://FOLDER/elsewhere/NAME */
static char *url_of(const char *name)
{
    return arena_format(dataset_fixture.arena, &dataset_fixture.err, "file://%s/elsewhere/%s",
                        dataset_fixture.folder, name);
}

Test(dataset_files, documents_come_from_the_mirror_in_place_and_sorted)
{
    Documents documents;
    write_corpus("file:///nowhere", 2);
    static const char *const turned[] = {"x/corpus/B_1901.txt", "x/corpus/A_1900.txt"};
    static const char *const turned_texts[] = {BOOK "\nAgain.\n", BOOK "\n"};
    dataset_fixture_write_tar("mirror/some/books.tar", turned, turned_texts, 2,
                              0); /* packed otherwise */
    cr_assert(read_books(&documents), "%s", dataset_fixture.err.text);
    cr_assert_eq(documents.n, 2);
    cr_expect_str_eq(documents.items[0].name, "A_1900");
    cr_expect_str_eq(documents.items[1].text, BOOK "\nAgain.\n");
    cr_expect_eq(documents.items[1].size, strlen(documents.items[1].text));
    cr_expect(!dataset_fixture_exists("downloads/some/books.tar"), "the mirror is used in place");
}

Test(dataset_files, without_a_mirror_files_are_fetched_once_and_verified)
{
    Documents documents;
    dataset_fixture.places.mirror = NULL;
    write_corpus(url_of("reference.tar"), 2);
    cr_assert(read_books(&documents), "%s", dataset_fixture.err.text);
    cr_expect(dataset_fixture_exists("downloads/some/books.tar"));
    dataset_fixture_write("elsewhere/reference.tar", "gone");
    cr_expect(read_books(&documents), "%s", dataset_fixture.err.text);
}

Test(dataset_files, two_data_sets_share_a_file_that_one_of_them_fetched)
{
    Documents documents;
    DatasetFixture *f = &dataset_fixture;
    f->places.mirror = NULL;
    write_corpus(url_of("reference.tar"), 2);
    cr_assert(read_books(&documents), "%s", f->err.text);
    char *text;
    size_t size;
    char *path = file_join(f->arena, f->places.manifests, "books.json", &f->err);
    cr_assert(path && file_read(&text, &size, path, f->arena, &f->err));
    dataset_fixture_write_manifest("others", "%s", text);
    dataset_fixture_write("elsewhere/reference.tar", "gone");
    cr_expect(dataset_documents(&documents, dataset_fixture_open("others"), f->arena, &f->err),
              "%s", f->err.text);
}

/* What begins a query or a fragment of an address is a letter of a name like others. */
Test(dataset_files, names_of_any_letters_are_fetched_from_an_address)
{
    static const char name[] = "a b#c?d%20e.txt", book[] = BOOK "\n";
    DatasetFixture *f = &dataset_fixture;
    HashText digest = hash_bytes(book, strlen(book));
    char *path = arena_format(f->arena, &f->err, "elsewhere/%s", name);
    Documents documents;
    dataset_fixture_write(path, book);
    dataset_fixture_write_manifest(
        "odd",
        "{\"title\": \"T\", \"licence\": \"L\", \"metric\": \"m\", \"form\": \"corpus\", "
        "\"files\": [{\"path\": \"%s\", \"urls\": [\"file:///nowhere\"], \"sha256\": \"%s\"}], "
        "\"documents\": {\"file\": \"%s\", \"count\": 1}}",
        name, digest.text, name);
    f->places.mirror = arena_format(f->arena, &f->err, "file://%s/elsewhere", f->folder);
    cr_expect(dataset_documents(&documents, dataset_fixture_open("odd"), f->arena, &f->err), "%s",
              f->err.text);
}

Test(dataset_files, a_mirror_may_be_an_address)
{
    Documents documents;
    write_corpus("file:///nowhere", 2);
    dataset_fixture_write_tar("elsewhere/some/books.tar", names, texts, 3, 0);
    dataset_fixture.places.mirror = arena_format(dataset_fixture.arena, &dataset_fixture.err,
                                                 "file://%s/elsewhere", dataset_fixture.folder);
    cr_expect(read_books(&documents), "%s", dataset_fixture.err.text);
}

Test(dataset_files, a_damaged_rest_of_an_earlier_download_is_fetched_anew)
{
    Documents documents;
    dataset_fixture.places.mirror = NULL;
    write_corpus(url_of("reference.tar"), 2);
    dataset_fixture_write("downloads/some/books.tar.arriving.part", "damaged");
    cr_assert(read_books(&documents), "%s", dataset_fixture.err.text);
    cr_expect_eq(documents.n, 2);
    cr_expect(!dataset_fixture_exists("downloads/some/books.tar.arriving.part"));
}

Test(dataset_files, a_wrong_download_is_reported_and_not_kept)
{
    Documents documents;
    static const char *const other[] = {BOOK "\n", BOOK "\nNever.\n", "x"};
    dataset_fixture.places.mirror = NULL;
    write_corpus(url_of("other.tar"), 2);
    dataset_fixture_write_tar("elsewhere/other.tar", names, other, 3, 0);
    dataset_fixture_expect_error(read_books(&documents), ERROR_FAILED,
                                 "cannot get file 'some/books.tar' of data set 'books'",
                                 "other.tar: what arrived has tree hash", "expected",
                                 "try: set REPRISE_MIRROR", NULL);
    cr_expect(!dataset_fixture_exists("downloads/some/books.tar"));
    cr_expect(!dataset_fixture_exists("downloads/some/books.tar.arriving"));
}

Test(dataset_files, a_wrong_file_in_the_mirror_is_an_error_that_gives_both_hashes)
{
    Documents documents;
    static const char *const other[] = {BOOK "\n", BOOK "\nNever.\n", "x"};
    write_corpus("file:///nowhere", 2);
    dataset_fixture_write_tar("mirror/some/books.tar", names, other, 3, 0);
    dataset_fixture_expect_error(read_books(&documents), ERROR_USAGE, "mirror/some/books.tar",
                                 "tree hash", "expected", "books.json", "try: remove the file",
                                 NULL);
}

/* Rows of a classification in one file, whose manifest states `bytes`. */
static bool read_rows_of(const char *rows, int bytes)
{
    DatasetFixture *f = &dataset_fixture;
    Examples examples;
    HashText digest = hash_bytes(rows, strlen(rows));
    dataset_fixture_write("mirror/rows.tsv", rows);
    dataset_fixture_write_manifest(
        "set",
        "{\"title\": \"Set\", \"licence\": \"free\", \"form\": \"classification\", \"metric\": "
        "\"accuracy\", \"labels\": [\"n\", \"p\"], \"files\": [{\"path\": \"rows.tsv\", \"urls\": "
        "[\"file:///nowhere\"], \"bytes\": %d, \"sha256\": \"%s\"}], \"table\": {\"columns\": "
        "[\"x\", \"y\"], \"text\": [\"x\"], \"label\": \"y\", \"label_words\": [\"0\", \"1\"]}, "
        "\"splits\": {\"train\": {\"sources\": [{\"file\": \"rows.tsv\", \"rows\": 2}]}}}",
        bytes, digest.text);
    return dataset_examples(&examples, dataset_fixture_open("set"), SPLIT_TRAIN, f->arena, &f->err);
}

Test(dataset_files, a_size_that_the_right_file_does_not_have_is_the_manifests_fault)
{
    cr_expect(read_rows_of("good\t1\nbad\t0\n", 13), "%s", dataset_fixture.err.text);
    cr_expect(read_rows_of("good\t1\nbad\t0\n", 0), "%s", dataset_fixture.err.text);
    dataset_fixture_expect_error(read_rows_of("good\t1\nbad\t0\n", 14), ERROR_USAGE, "set.json",
                                 "'rows.tsv' has the right SHA-256 but 13 bytes, not 14",
                                 "correct its bytes in the manifest", NULL);
}

Test(dataset_files, a_text_of_spaces_that_cannot_be_seen_is_empty)
{
    const char *const blanks[] = {"\xC2\xA0", "\xE2\x80\x8B \xEF\xBB\xBF",
                                  "\xE3\x80\x80\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        char rows[64];
        snprintf(rows, sizeof rows, "%s\t1\nbad\t0\n", blanks[i]);
        dataset_fixture_expect_error(read_rows_of(rows, 0), ERROR_USAGE,
                                     "rows.tsv:1: column 'x' is empty", NULL);
    }
    cr_expect(read_rows_of("\xC2\xA0 a\t1\n\xC3\xA0\t0\n", 0), "%s", dataset_fixture.err.text);
}

Test(dataset_files, a_truncated_archive_is_an_error)
{
    Documents documents;
    write_corpus("file:///nowhere", 2);
    dataset_fixture_write_tar("mirror/some/books.tar", names, texts, 3, 4 * 512 + 300);
    bool read = read_books(&documents);
    cr_assert(!read);
    cr_expect_not_null(strstr(dataset_fixture.err.text, "mirror/some/books.tar"), "%s",
                       dataset_fixture.err.text);
}

Test(dataset_files, another_number_of_documents_is_an_error)
{
    Documents documents;
    write_corpus("file:///nowhere", 3);
    dataset_fixture_write_tar("mirror/some/books.tar", names, texts, 3, 0);
    dataset_fixture_expect_error(read_books(&documents), ERROR_USAGE,
                                 "2 documents match '*/corpus/*.txt', expected 3", NULL);
}

Test(dataset_files, a_long_document_is_cut_at_ends_of_paragraphs)
{
    DatasetFixture *f = &dataset_fixture;
    static const char text[] = "One.\n\nTwo.\n\nThree.\n";
    static const int parts[] = {2, 4};
    Documents documents;
    dataset_fixture_write("mirror/some.txt", text);
    for (int i = 0; i < 2; i++)
        dataset_fixture_write_manifest(
            i ? "too-many" : "notes",
            "{\"form\": \"corpus\", \"files\": [{\"path\": \"some.txt\", \"sha256\": \"%s\"}], "
            "\"documents\": {\"file\": \"some.txt\", \"layout\": \"text\", \"count\": 1, "
            "\"parts\": %d}}",
            hash_bytes(text, strlen(text)).text, parts[i]);
    cr_assert(dataset_documents(&documents, dataset_fixture_open("notes"), f->arena, &f->err), "%s",
              f->err.text);
    cr_assert_eq(documents.n, 2);
    cr_expect_str_eq(documents.items[0].name, "some, part 001");
    cr_expect_str_eq(documents.items[0].text, "One.\n");
    cr_expect_str_eq(documents.items[1].text, "Two.\nThree.\n");
    dataset_fixture_expect_error(
        dataset_documents(&documents, dataset_fixture_open("too-many"), f->arena, &f->err),
        ERROR_USAGE, "some.txt: has 3 paragraphs, too few to be cut into 4 parts", NULL);
}

Test(dataset_files, a_file_changed_after_it_was_verified_is_noticed)
{
    Documents documents;
    static const char *const other[] = {BOOK "\n", BOOK "\nNever.\n", "not a book\n"};
    write_corpus("file:///nowhere", 2);
    dataset_fixture_write_tar("mirror/some/books.tar", names, texts, 3, 0);
    cr_assert(read_books(&documents), "%s", dataset_fixture.err.text);
    cr_expect(dataset_fixture_exists("downloads/some/books.tar.verified"));
    dataset_fixture_write_tar("mirror/some/books.tar", names, other, 3, 0);
    dataset_fixture_expect_error(read_books(&documents), ERROR_USAGE, "tree hash", NULL);
}

static void write_gated(void)
{
    HashText digest = hash_bytes("x\n", 2);
    dataset_fixture_write_manifest("gated",
                                   "{\"title\": \"Gated\", \"licence\": \"on request\", \"form\": "
                                   "\"corpus\", \"metric\": \"perplexity\","
                                   " \"ask_at\": \"https://example.org/form\","
                                   " \"files\": [{\"path\": \"g/gated.txt\", \"sha256\": \"%s\"}],"
                                   " \"documents\": {\"file\": \"g/gated.txt\", \"count\": 1}}",
                                   digest.text);
}

Test(dataset_files, data_behind_a_form_names_the_page_and_where_to_put_the_file)
{
    write_gated();
    dataset_fixture_expect_error(dataset_fetch(dataset_fixture_open("gated"), &dataset_fixture.err),
                                 ERROR_USAGE, "'gated' is given out on request only",
                                 "https://example.org/form", "downloads/g/gated.txt", NULL);
}

Test(dataset_files, a_file_the_user_was_given_is_taken_from_the_downloads)
{
    write_gated();
    dataset_fixture_write("downloads/g/gated.txt", "x\n");
    cr_expect(dataset_fetch(dataset_fixture_open("gated"), &dataset_fixture.err), "%s",
              dataset_fixture.err.text);
}

Test(dataset_files, running_out_of_memory_at_any_point_is_an_ordinary_error)
{
    write_corpus("file:///nowhere", 2);
    dataset_fixture_write_tar("mirror/some/books.tar", names, texts, 3, 0);
    DatasetFixture *f = &dataset_fixture;
    const Dataset *dataset = dataset_fixture_open("books");
    bool read = false;
    for (long at = 1; !read; at++) {
        Documents documents;
        f->err = (Error){0};
        arena_fail_at(at);
        read = dataset_documents(&documents, dataset, f->arena, &f->err);
        arena_fail_at(0);
        cr_assert(read || f->err.n_errors > 0, "allocation %ld failed without a word", at);
        cr_assert(at < 1000);
    }
}
