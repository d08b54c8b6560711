#include <criterion/criterion.h>
#include <string.h>

#include "../golden_file.h"
#include "base/file.h"
#include "text/bpe.h"
#include "text/bpe_train.h"
#include "text_rig.h"

#define GOLDEN "tests/golden/bpe/bpe.json"

TestSuite(bpe, .init = text_rig_set_up, .fini = text_rig_tear_down);

static const char **golden_lines(size_t *n)
{
    Json *list = golden_file_member(golden_file_open(GOLDEN, text_rig_arena), "lines");
    *n = json_size(list);
    const char **lines = arena_alloc(text_rig_arena, *n, sizeof *lines, &text_rig_err);
    for (size_t i = 0; i < *n; i++) lines[i] = json_text(json_at(list, i));
    return lines;
}

/* Ids of words with single spaces between them. */
static size_t encode_line(int *ids, const Bpe *bpe, const char *line)
{
    size_t n = 0;
    for (const char *word = line; word;) {
        const char *space = strchr(word, ' ');
        n += bpe_encode_word(ids + n, bpe, word, space ? (size_t)(space - word) : strlen(word));
        word = space ? space + 1 : NULL;
    }
    return n;
}

static void check_lines(const Bpe *bpe, const char *expected_key)
{
    size_t n_lines;
    const char **lines = golden_lines(&n_lines);
    Json *expected = golden_file_member(golden_file_open(GOLDEN, text_rig_arena), expected_key);
    cr_assert_eq(json_size(expected), n_lines);
    for (size_t i = 0; i < n_lines; i++) {
        int *ids = arena_alloc(text_rig_arena, strlen(lines[i]), sizeof *ids, &text_rig_err);
        size_t n = encode_line(ids, bpe, lines[i]);
        cr_expect_eq(n, json_size(json_at(expected, i)), "%zu ids: '%s'", n, lines[i]);
        int *wanted = golden_file_ints(json_at(expected, i), text_rig_arena);
        cr_expect_arr_eq(ids, wanted, n * sizeof *ids, "'%s'", lines[i]);
    }
}

/* The small table of the golden file, as this engine writes and reads it. */
static Bpe *learn_golden(Vocabulary *vocabulary, const char **merges_text)
{
    size_t n_lines, n_learnt;
    const char **lines = golden_lines(&n_lines);
    Json *merges = golden_file_member(golden_file_open(GOLDEN, text_rig_arena), "merges");
    WordCounts words = text_rig_count_words(lines, n_lines);
    *vocabulary = vocabulary_create(text_rig_arena);
    Buffer text = buffer_create(text_rig_arena);
    cr_assert(buffer_add_text(&text, "#version: 0.2\n", &text_rig_err));
    cr_assert(bpe_train_merges(vocabulary, &text, &n_learnt, &words, json_size(merges),
                               text_rig_arena, &text_rig_err),
              "%s", text_rig_err.text);
    cr_assert_eq(n_learnt, json_size(merges));
    *merges_text = text.data;
    const char *path = file_join(text_rig_arena, text_rig_folder(), "merges", &text_rig_err);
    cr_assert(file_write(path, text.data, text.size, &text_rig_err), "%s", text_rig_err.text);
    Bpe *bpe = bpe_read(path, vocabulary, text_rig_arena, &text_rig_err);
    cr_assert(bpe, "%s", text_rig_err.text);
    return bpe;
}

Test(bpe, merges_are_learnt_as_by_the_plain_algorithm)
{
    Vocabulary vocabulary;
    const char *text;
    learn_golden(&vocabulary, &text);
    Json *merges = golden_file_member(golden_file_open(GOLDEN, text_rig_arena), "merges");
    const char *line = strchr(text, '\n') + 1;
    for (size_t i = 0; i < json_size(merges); i++) {
        const char *end = strchr(line, '\n'), *expected = json_text(json_at(merges, i));
        cr_assert(strlen(expected) == (size_t)(end - line) &&
                      strncmp(line, expected, (size_t)(end - line)) == 0,
                  "merge %zu is '%.*s', expected '%s'", i, (int)(end - line), line, expected);
        line = end + 1;
    }
    cr_assert_eq(*line, '\0');
}

Test(bpe, learnt_vocabulary_has_the_documented_ids)
{
    Vocabulary vocabulary;
    const char *text;
    learn_golden(&vocabulary, &text);
    Json *expected = golden_file_member(golden_file_open(GOLDEN, text_rig_arena), "vocabulary");
    cr_assert_eq(vocabulary.n, json_size(expected));
    for (size_t id = 0; id < vocabulary.n; id++) {
        Json *wanted = json_get(expected, vocabulary.token[id]);
        cr_assert(wanted && json_int(wanted) == (int64_t)id, "token %zu is '%s'", id,
                  vocabulary.token[id]);
    }
}

Test(bpe, words_encode_as_by_the_plain_algorithm)
{
    Vocabulary vocabulary;
    const char *text;
    check_lines(learn_golden(&vocabulary, &text), "ids");
}

Test(bpe, words_encode_as_by_the_plain_algorithm_with_the_original_merges)
{
    const char *merges = text_rig_mirror("gpt1-bpe/vocab_40000.bpe");
    Vocabulary vocabulary;
    cr_assert(vocabulary_read(&vocabulary, text_rig_mirror("gpt1-bpe/encoder_bpe_40000.json"),
                              text_rig_arena, &text_rig_err),
              "%s", text_rig_err.text);
    Bpe *bpe = bpe_read(merges, &vocabulary, text_rig_arena, &text_rig_err);
    cr_assert(bpe, "%s", text_rig_err.text);
    check_lines(bpe, "original_ids");
}

/* --- files that are wrong ---------------------------------------------------------------------- */

static void expect_error(const char *merges, const char *message)
{
    Vocabulary vocabulary = vocabulary_create(text_rig_arena);
    const char *tokens[] = {"<unk>", "a", "b", "ab"};
    for (int i = 0; i < 4; i++)
        cr_assert(vocabulary_add(&vocabulary, tokens[i], strlen(tokens[i]), &text_rig_err) == i);
    const char *path = file_join(text_rig_arena, text_rig_folder(), "merges", &text_rig_err);
    cr_assert(file_write(path, merges, strlen(merges), &text_rig_err), "%s", text_rig_err.text);
    cr_assert_null(bpe_read(path, &vocabulary, text_rig_arena, &text_rig_err));
    cr_assert(strstr(text_rig_err.text, message), "%s", text_rig_err.text);
}

Test(bpe, a_file_without_version_line_is_refused)
{
    expect_error("a b\n", "begins with '#version'");
}

Test(bpe, a_file_that_breaks_off_is_refused)
{
    expect_error("#version: 0.2\na b", "ends with a newline");
}

Test(bpe, a_merge_that_is_not_two_symbols_is_refused_with_its_line)
{
    expect_error("#version: 0.2\na b\na b a\n", "found 'a b a'\n  while reading");
}

Test(bpe, a_merge_with_a_token_that_the_vocabulary_lacks_is_refused)
{
    expect_error("#version: 0.2\nb a\n", "lacks 'ba'");
}

Test(bpe, text_that_cannot_be_a_merge_is_refused_with_its_line_and_byte)
{
    expect_error("#version: 0.2\na b\na \xE9\n",
                 "merges:3: byte 20 of the file, 0xE9, is no UTF-8");
    expect_error("#version: 0.2\r\na b\r\n", "the control 0x0D: lines end with a newline alone");
    expect_error("#version: 0.2\n\na b\n", "expected two symbols");
}

Test(bpe, a_zero_byte_is_refused_with_its_line)
{
    static const char merges[] = "#version\0: 0.2\na c\n";
    const char *path = file_join(text_rig_arena, text_rig_folder(), "merges", &text_rig_err);
    cr_assert(file_write(path, merges, sizeof merges - 1, &text_rig_err));
    Vocabulary vocabulary = vocabulary_create(text_rig_arena);
    cr_assert_null(bpe_read(path, &vocabulary, text_rig_arena, &text_rig_err));
    cr_expect(strstr(text_rig_err.text, "merges:1: byte 8 of the file is zero"), "%s",
              text_rig_err.text);
}

Test(bpe, a_file_in_another_encoding_is_refused_with_the_one_it_looks_like)
{
    expect_error("\xEF\xBB\xBF#version: 0.2\na b\n",
                 "merges:1: byte 0 of the file begins a byte order mark");
    expect_error("\xFF\xFE#version: 0.2\na b\n", "it looks like utf-16");
    expect_error("#version: 0.2\n\xC0\x80 b\n", "merges:2: byte 14 of the file, 0xC0");
    expect_error("#version: 0.2\na \xED\xA0\x80\n", "merges:2: byte 16 of the file, 0xED");
}
