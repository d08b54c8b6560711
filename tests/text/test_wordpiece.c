/* WordPiece against the ids of Hugging Face's library, and files that are wrong. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/file.h"
#include "pieces_rig.h"

TestSuite(wordpiece, .init = text_rig_set_up, .fini = text_rig_tear_down);

#define BASIC "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"

static Tokenizer *of_lines(const char *lines, const char *settings)
{
    Tokenizer *tokenizer = pieces_rig_try("wordpiece", lines, strlen(lines), settings);
    cr_assert(tokenizer, "%s", text_rig_err.text);
    return tokenizer;
}

static const char *words(const Tokenizer *tokenizer, const char *text)
{
    const char *normal = tokenizer_normalize(text, strlen(text), tokenizer_rules(tokenizer),
                                             text_rig_arena, &text_rig_err);
    cr_assert(normal, "%s", text_rig_err.text);
    return normal;
}

Test(wordpiece, lower_case_ids_and_texts_are_the_librarys)
{
    const Tokenizer *tokenizer = pieces_rig_wordpiece("uncased");
    pieces_rig_compare(tokenizer, pieces_rig_golden("wordpiece/kinds/uncased/ids"),
                       pieces_rig_golden("wordpiece/kinds/uncased/decoded"));
}

Test(wordpiece, cased_ids_and_texts_are_the_librarys)
{
    const Tokenizer *tokenizer = pieces_rig_wordpiece("cased");
    pieces_rig_compare(tokenizer, pieces_rig_golden("wordpiece/kinds/cased/ids"),
                       pieces_rig_golden("wordpiece/kinds/cased/decoded"));
}

Test(wordpiece, tokenizer_json_gives_the_same_ids)
{
    pieces_rig_compare(pieces_rig_wordpiece_json("uncased"),
                       pieces_rig_golden("wordpiece/kinds/uncased/ids"), NULL);
    pieces_rig_compare(pieces_rig_wordpiece_json("cased"),
                       pieces_rig_golden("wordpiece/kinds/cased/ids"), NULL);
}

Test(wordpiece, documents_encode_as_each_of_them_alone_with_any_number_of_threads)
{
    pieces_rig_compare_documents(pieces_rig_wordpiece("uncased"));
}

/* google-research/bert, tokenization_test.py. */
Test(wordpiece, words_are_cut_as_in_the_originals_tests)
{
    const Tokenizer *tokenizer = of_lines(BASIC "want\n##want\n##ed\nwa\nun\nrunn\n##ing\n", NULL);
    const TokenList known = pieces_rig_encode(tokenizer, "unwanted running");
    const int expected[] = {9, 6, 7, 10, 11};
    cr_assert_eq(known.n, 5);
    cr_expect_arr_eq(known.ids, expected, sizeof expected);
    const TokenList unknown = pieces_rig_encode(tokenizer, "unwantedX running");
    cr_assert_eq(unknown.n, 3);
    cr_expect_eq(unknown.ids[0], 1);
    cr_expect_str_eq(words(tokenizer, " \tHeLLo!how  \n Are yoU?  "), "hello ! how are you ?");
    cr_expect_str_eq(words(tokenizer, "H\u00E9llo ah\u535A\u63A8zz"), "hello ah \u535A \u63A8 zz");
}

Test(wordpiece, each_setting_of_text_does_what_it_says)
{
    const Tokenizer *cased = of_lines(BASIC, "{\"do_lower_case\": false}");
    cr_expect_str_eq(words(cased, "H\u00E9llo \u4E2Da"), "H\u00E9llo \u4E2D a");
    const Tokenizer *plain = of_lines(BASIC, "{\"do_lower_case\": false, \"strip_accents\": true, "
                                             "\"tokenize_chinese_chars\": false}");
    cr_expect_str_eq(words(plain, "H\u00E9llo \u4E2Da"), "Hello \u4E2Da");
    const Tokenizer *accents = of_lines(BASIC, "{\"strip_accents\": false}");
    cr_expect_str_eq(words(accents, "H\u00C9llo \u0130"), "h\u00E9llo i\u0307");
}

Test(wordpiece, special_tokens_are_found_and_never_read_out_of_text)
{
    const Tokenizer *tokenizer = of_lines(BASIC "[\n]\nmask\n", NULL);
    const TokenizerSpecials *specials = tokenizer_specials(tokenizer);
    cr_expect_eq(specials->pad, 0);
    cr_expect_eq(specials->unknown, 1);
    cr_expect_eq(specials->begin, 2);
    cr_expect_eq(specials->end, 3);
    cr_expect_eq(specials->mask, 4);
    cr_expect_eq(specials->n_sentinels, 0);
    const TokenList tokens = pieces_rig_encode(tokenizer, "[MASK]");
    const int expected[] = {5, 7, 6};
    cr_assert_eq(tokens.n, 3);
    cr_expect_arr_eq(tokens.ids, expected, sizeof expected);
    const Tokenizer *bare = of_lines("[UNK]\na\n", NULL);
    cr_expect_eq(tokenizer_specials(bare)->mask, -1);
}

Test(wordpiece, bytes_of_tokens_add_up_to_those_of_the_text)
{
    const Tokenizer *tokenizer = pieces_rig_wordpiece("uncased");
    const TokenList tokens = pieces_rig_encode(tokenizer, "The quick, unaffable caf\u00E9");
    size_t n = 0;
    for (size_t i = 0; i < tokens.n; i++)
        n += (size_t)tokenizer_token_bytes(tokenizer, tokens.ids[i]);
    cr_expect_eq(n, strlen(pieces_rig_decode(tokenizer, tokens)) + 1, "a space before the first");
}

Test(wordpiece, windows_line_ends_and_a_missing_last_one_are_fine)
{
    const Tokenizer *tokenizer = of_lines("[UNK]\r\na\r\n##b", NULL);
    cr_expect_eq(tokenizer_n_tokens(tokenizer), 3);
    cr_expect_eq(pieces_rig_encode(tokenizer, "ab").n, 2);
}

Test(wordpiece, its_folder_is_loaded_as_it_was_taken_over)
{
    static const char lines[] = BASIC "Caf\u00E9\n", settings[] = "{\"do_lower_case\": false}";
    const TokenizerFiles files = {.method = "wordpiece",
                                  .vocabulary = pieces_rig_write("vocab.txt", lines, strlen(lines)),
                                  .settings =
                                      pieces_rig_write("config.json", settings, strlen(settings))};
    const char *folder = file_join(text_rig_arena, text_rig_folder(), "taken", &text_rig_err);
    cr_assert(tokenizer_import(folder, &files, text_rig_arena, &text_rig_err), "%s",
              text_rig_err.text);
    const Tokenizer *tokenizer = tokenizer_load(folder, text_rig_arena, &text_rig_err);
    cr_assert(tokenizer, "%s", text_rig_err.text);
    const TokenList tokens = pieces_rig_encode(tokenizer, "Caf\u00E9");
    cr_assert_eq(tokens.n, 1);
    cr_expect_eq(tokens.ids[0], 5);
}

/* --- errors ------------------------------------------------------------------------------------ */

static void expect_refused(const char *bytes, size_t size, const char *settings,
                           const char *message)
{
    text_rig_err = (Error){0};
    cr_expect_null(pieces_rig_try("wordpiece", bytes, size, settings), "%s", message);
    cr_expect(strstr(text_rig_err.text, message), "'%s' in: %s", message, text_rig_err.text);
}

static void expect_text_refused(const char *text, const char *message)
{
    expect_refused(text, strlen(text), NULL, message);
}

Test(wordpiece, wrong_lists_of_pieces_are_refused_by_line)
{
    expect_text_refused("", "there is no piece '[UNK]'");
    expect_text_refused("a\nb\n", "there is no piece '[UNK]'");
    expect_text_refused("[UNK]\na\nb\na\n", ":4: the piece 'a' is there already, on line 2");
    expect_text_refused("[UNK]\n\na\n", ":2: no piece on this line");
    expect_text_refused("[UNK]\n\xFF\n", ":2: the piece is not UTF-8");
    expect_refused("[UNK]\na\0b\n", 10, NULL, ":2: the piece is not UTF-8");
    expect_refused("[UNK]\n", 6, "[]", "expected an object");
    expect_refused("[UNK]\n", 6, "{\"do_lower_case\": 1}", "do_lower_case: expected true or false");
}

#define JSON(model, normalizer)                                                                    \
    "{\"model\": " model ", \"normalizer\": " normalizer                                           \
    ", \"pre_tokenizer\": {\"type\": \"BertPreTokenizer\"}}"
#define NORMALIZER "{\"type\": \"BertNormalizer\"}"

Test(wordpiece, wrong_tokenizer_json_is_refused_by_member)
{
    expect_text_refused("{}", "$.model: is not there");
    expect_text_refused("{\"model\": {\"type\": \"BPE\"}}", "$.model.type: 'BPE', not 'WordPiece'");
    expect_text_refused(JSON("{\"type\": \"WordPiece\"}", NORMALIZER), "$.model.vocab");
    expect_text_refused(JSON("{\"type\": \"WordPiece\", \"vocab\": {\"a\": 1}}", NORMALIZER),
                        "ids must be the integers 0 to 0");
    expect_text_refused(JSON("{\"type\": \"WordPiece\", \"vocab\": {\"a\": 0}}", NORMALIZER),
                        "there is no piece '[UNK]'");
    expect_text_refused(JSON("{\"type\": \"WordPiece\", \"vocab\": {\"[UNK]\": 0}}", "null"),
                        "not as BERT's");
    expect_text_refused("{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"[UNK]\": 0}}, "
                        "\"added_tokens\": [{\"id\": 7, \"content\": \"x\"}]}",
                        "has the id 7; the next one is 1");
}

Test(wordpiece, the_longest_word_is_the_files)
{
    static const char text[] =
        JSON("{\"type\": \"WordPiece\", \"unk_token\": \"?\", \"max_input_chars_per_word\": 3, "
             "\"continuing_subword_prefix\": \"@\", \"vocab\": {\"?\": 0, \"a\": 1, \"@a\": 2}}",
             NORMALIZER);
    const Tokenizer *tokenizer = of_lines(text, NULL);
    cr_expect_eq(pieces_rig_encode(tokenizer, "aaa").n, 3);
    const TokenList longer = pieces_rig_encode(tokenizer, "aaaa");
    cr_assert_eq(longer.n, 1);
    cr_expect_eq(longer.ids[0], 0);
    cr_expect_str_eq(pieces_rig_decode(tokenizer, pieces_rig_encode(tokenizer, "aaa a")), "aaa a");
}

Test(wordpiece, failed_allocations_are_reported_wherever_they_happen)
{
    static const char lines[] = BASIC "caf\n##\u00E9\n";
    const TokenizerFiles files = {.method = "wordpiece",
                                  .vocabulary = pieces_rig_write("v", lines, strlen(lines))};
    for (long n = 1;; n++) {
        Error err = {0};
        arena_fail_at(n);
        const bool read = tokenizer_load_files(&files, text_rig_arena, &err) != NULL;
        arena_fail_at(0);
        cr_assert_eq(read, err.kind == ERROR_NONE);
        if (read) break;
        cr_assert_lt(n, 1000);
    }
}
