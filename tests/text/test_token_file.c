#include <criterion/criterion.h>
#include <string.h>

#include "base/file.h"
#include "text/token_file.h"
#include "text_rig.h"

TestSuite(token_file, .init = text_rig_set_up, .fini = text_rig_tear_down);

enum { DOCUMENTS = 3, TOKENS = 6, VOCABULARY = 10 };
enum { OFFSETS = 32, IDS = OFFSETS + (DOCUMENTS + 1) * 8 }; /* where they begin in the file */

static const char *path;

static const char *write_file(int n_vocab)
{
    static const int ids[TOKENS] = {1, 9, 0, 4, 4, 2};
    static const size_t offset[DOCUMENTS + 1] = {0, 2, 2, 6};
    static const char *const names[DOCUMENTS] = {"one", "none", "four"};
    path = file_join(text_rig_arena, text_rig_folder(), "tokens.bin", &text_rig_err);
    cr_assert(path && token_file_write(path, ids, offset, names, DOCUMENTS, n_vocab, text_rig_arena,
                                       &text_rig_err),
              "%s", text_rig_err.text);
    return path;
}

/* Writes a byte of the file anew. */
static void damage(size_t at, unsigned char byte)
{
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, path, text_rig_arena, &text_rig_err) && at < size);
    bytes[at] = (char)byte;
    cr_assert(file_write(path, bytes, size, &text_rig_err));
}

static void expect_refused(const char *message)
{
    TokenFile file;
    cr_assert_not(token_file_open(&file, path, VOCABULARY, text_rig_arena, &text_rig_err));
    cr_expect(strstr(text_rig_err.text, message), "%s", text_rig_err.text);
    cr_expect(strstr(text_rig_err.text, "tokens."), "the file is named: %s", text_rig_err.text);
    cr_expect(strstr(text_rig_err.text, "try: "), "%s", text_rig_err.text);
}

Test(token_file, what_was_written_is_read_in_both_widths)
{
    for (int n_vocab = VOCABULARY; n_vocab < 1 << 20; n_vocab *= 10000) {
        TokenFile file;
        cr_assert(
            token_file_open(&file, write_file(n_vocab), n_vocab, text_rig_arena, &text_rig_err),
            "%s", text_rig_err.text);
        cr_expect_eq(file.n_documents, DOCUMENTS);
        cr_expect_eq(file.n_tokens, TOKENS);
        cr_expect_eq(file.narrow != NULL, n_vocab <= 65536);
        cr_expect_eq(file.offset[2], 2);
        cr_expect_eq(token_file_at(&file, 1), 9);
        cr_expect_str_eq(file.name[1], "none");
    }
}

Test(token_file, an_id_beyond_the_vocabulary_is_refused)
{
    write_file(VOCABULARY);
    damage(IDS + 2 * 3, VOCABULARY);
    expect_refused("token id 10 is not in the vocabulary of 10");
}

Test(token_file, a_wide_id_beyond_all_integers_is_refused)
{
    write_file(100000);
    damage(IDS + 4 * 3 + 3, 0xFF);
    expect_refused("token id 4278190084 is not in the vocabulary");
}

Test(token_file, who_looks_at_no_id_need_not_know_the_vocabulary)
{
    TokenFile file;
    cr_expect(token_file_open(&file, write_file(VOCABULARY), 0, text_rig_arena, &text_rig_err));
}

Test(token_file, offsets_that_do_not_rise_to_the_end_are_refused)
{
    write_file(VOCABULARY);
    damage(OFFSETS + 8, 200);
    expect_refused("document 1 ends before it begins");
    write_file(VOCABULARY);
    damage(OFFSETS, 1);
    expect_refused("do not take all of its 6 tokens");
    write_file(VOCABULARY);
    damage(OFFSETS + DOCUMENTS * 8, 5);
    expect_refused("do not take all of its 6 tokens");
}

Test(token_file, a_file_of_another_size_than_its_head_says_is_refused)
{
    for (size_t at = 0; at < OFFSETS; at++) {
        write_file(VOCABULARY);
        damage(at, 0xFE);
        expect_refused("is no token file, or is damaged");
    }
}

Test(token_file, names_that_are_no_texts_are_refused)
{
    write_file(VOCABULARY);
    const char *names =
        arena_format(text_rig_arena, &text_rig_err, "%.*s.json", (int)strlen(path) - 4, path);
    cr_assert(file_write(names, "[\"a\", 7, \"c\"]", 13, &text_rig_err));
    expect_refused("tokens.json: $[1]: expected the name of a document");
    cr_assert(file_write(names, "[\"a\", \"b\"]", 10, &text_rig_err));
    expect_refused("is not the list of the 3 document names");
}
