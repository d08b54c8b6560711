#include <criterion/criterion.h>
#include <string.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/parallel.h"
#include "text/bpe_method.h"
#include "text_rig.h"

TestSuite(tokenizer, .init = text_rig_set_up, .fini = text_rig_tear_down);

#define STORY                                                                                      \
    "Once upon a time, in a small house, there lived an old woman and her cat.\n"                  \
    "\"It's cold,\" said the old woman. The cat didn't answer; the cat was asleep.\n"

static Documents one_document(const char *text)
{
    Document *document = arena_alloc(text_rig_arena, 1, sizeof *document, &text_rig_err);
    *document = (Document){"story", text, strlen(text)};
    return (Documents){1, document};
}

/* More than one piece: many lines, some of them not plain, with empty lines between. */
static const char *long_text(size_t size)
{
    Buffer text = buffer_create(text_rig_arena);
    for (unsigned i = 0; text.size < size; i++)
        cr_assert(buffer_format(&text, &text_rig_err,
                                "%s%u caf\u00E9 \u201Cword%u\u201D it\u2019s%s", STORY, i,
                                i * i % 1013, i % 3 ? "\r\n" : "\n \n\n"));
    return text.data;
}

static TokenList encode(const Tokenizer *tokenizer, const char *text)
{
    TokenList tokens;
    cr_assert(
        tokenizer_encode(&tokens, tokenizer, text, strlen(text), text_rig_arena, &text_rig_err),
        "%s", text_rig_err.text);
    return tokens;
}

static const char *decode(const Tokenizer *tokenizer, TokenList tokens)
{
    const char *text =
        tokenizer_decode(tokenizer, tokens.ids, tokens.n, text_rig_arena, &text_rig_err);
    cr_assert(text, "%s", text_rig_err.text);
    return text;
}

Test(tokenizer, decoding_gives_the_normalized_text_again)
{
    Documents story = one_document(STORY STORY);
    Tokenizer *tokenizer = text_rig_train("t", 50, &story);
    const char *texts[] = {STORY, "A cat.", "", "  \n ", "unseen words, 1984 ~ {x}\n\nend"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_assert_str_eq(decode(tokenizer, encode(tokenizer, texts[i])),
                         text_rig_normalize(texts[i]));
}

Test(tokenizer, normalized_text_is_clean_standard_and_split)
{
    cr_assert_str_eq(
        text_rig_normalize("\uFEFF\u201CIt\u2019s cold\u2014isn\u2019t it?\u201D\r\n\r\nYes.\n"),
        "\" it 's cold - is n't it ? \" \n yes .");
}

Test(tokenizer, frequent_words_become_one_token)
{
    Documents story = one_document(STORY);
    Tokenizer *tokenizer = text_rig_train("t", 300, &story);
    TokenList tokens = encode(tokenizer, "the cat");
    cr_assert_eq(tokens.n, 2);
    cr_assert_str_eq(tokenizer_token(tokenizer, tokens.ids[0]), "the</w>");
    cr_assert_eq(tokens.ids[1], tokenizer_find(tokenizer, "cat</w>"));
}

Test(tokenizer, unknown_characters_become_the_unknown_token)
{
    Documents story = one_document(STORY);
    Tokenizer *tokenizer = text_rig_train("t", 10, &story);
    TokenList tokens = encode(tokenizer, "\u6F22");
    cr_assert_eq(tokens.n, 1);
    cr_assert_eq(tokens.ids[0], 0);
    cr_assert_str_eq(tokenizer_token(tokenizer, 0), "<unk>");
}

Test(tokenizer, a_newline_is_one_token_of_its_own)
{
    Documents story = one_document(STORY);
    Tokenizer *tokenizer = text_rig_train("t", 10, &story);
    TokenList tokens = encode(tokenizer, "a\n\nb");
    cr_assert_eq(tokens.n, 3);
    cr_assert_eq(tokens.ids[1], tokenizer_find(tokenizer, "\n</w>"));
}

Test(tokenizer, all_printable_ascii_is_known_without_being_seen)
{
    Documents story = one_document("a a\n");
    Tokenizer *tokenizer = text_rig_train("t", 0, &story);
    for (char c = '!'; c <= '~'; c++) {
        TokenList tokens = encode(tokenizer, (char[]){c, '\0'});
        cr_assert_eq(tokens.n, 1);
        cr_assert_neq(tokens.ids[0], 0, "'%c'", c);
    }
}

Test(tokenizer, learning_stops_when_no_pair_occurs_twice)
{
    Documents story = one_document("ab ab cd\n");
    Tokenizer *tokenizer = text_rig_train("t", 1000, &story);
    cr_assert_geq(tokenizer_find(tokenizer, "ab</w>"), 0);
    cr_assert_eq(tokenizer_find(tokenizer, "cd</w>"), -1);
}

Test(tokenizer, documents_encode_as_each_of_them_alone)
{
    const char *text = long_text(700 << 10);
    Document items[] = {{"long", text, strlen(text)},
                        {"empty", "", 0},
                        {"short", STORY, strlen(STORY)},
                        {"blank", "\n \n", 3}};
    Documents documents = {4, items};
    Tokenizer *tokenizer = text_rig_train("t", 200, &documents);
    TokenList all;
    size_t *offset;
    cr_assert(tokenizer_encode_documents(&all, &offset, tokenizer, &documents, text_rig_arena,
                                         &text_rig_err),
              "%s", text_rig_err.text);
    cr_assert_eq(offset[0], 0);
    cr_assert_eq(offset[4], all.n);
    for (size_t d = 0; d < 4; d++) {
        TokenList alone = encode(tokenizer, items[d].text);
        cr_assert_eq(offset[d + 1] - offset[d], alone.n, "%s", items[d].name);
        cr_assert_arr_eq(all.ids + offset[d], alone.ids, alone.n * sizeof *alone.ids);
    }
}

Test(tokenizer, white_space_before_the_first_word_gives_no_token_however_long)
{
    enum { N = 300 << 10 };
    char *text = arena_alloc(text_rig_arena, N + sizeof STORY, 1, &text_rig_err);
    memset(text, '\n', N);
    memcpy(text + N, STORY, sizeof STORY);
    Documents documents = one_document(text);
    Tokenizer *tokenizer = text_rig_train("t", 20, &documents);
    TokenList tokens;
    size_t *offset;
    cr_assert(tokenizer_encode_documents(&tokens, &offset, tokenizer, &documents, text_rig_arena,
                                         &text_rig_err));
    cr_assert_str_eq(decode(tokenizer, tokens), text_rig_normalize(STORY));
}

Test(tokenizer, any_number_of_threads_gives_the_same_files_and_ids)
{
    const char *text = long_text(1 << 20);
    Documents documents = one_document(text);
    TokenList found[2];
    const char *description[2];
    for (int i = 0; i < 2; i++) {
        parallel_set_threads(i == 0 ? 1 : 3);
        Tokenizer *tokenizer = text_rig_train("t", 150, &documents);
        size_t *offset;
        cr_assert(tokenizer_encode_documents(&found[i], &offset, tokenizer, &documents,
                                             text_rig_arena, &text_rig_err));
        Buffer tokens = buffer_create(text_rig_arena);
        for (int id = 0; id < tokenizer_n_tokens(tokenizer); id++)
            cr_assert(buffer_add_text(&tokens, tokenizer_token(tokenizer, id), &text_rig_err));
        description[i] = tokens.data;
    }
    cr_assert_str_eq(description[0], description[1]);
    cr_assert_eq(found[0].n, found[1].n);
    cr_assert_arr_eq(found[0].ids, found[1].ids, found[0].n * sizeof(int));
}

Test(tokenizer, bytes_of_tokens_add_up_to_those_of_the_text)
{
    Documents story = one_document(STORY);
    Tokenizer *tokenizer = text_rig_train("t", 20, &story);
    TokenList tokens = encode(tokenizer, STORY);
    size_t n_bytes = 0;
    for (size_t i = 0; i < tokens.n; i++)
        n_bytes += (size_t)tokenizer_token_bytes(tokenizer, tokens.ids[i]);
    cr_assert_eq(n_bytes, strlen(decode(tokenizer, tokens)) + 1, "the last word ends too");
    cr_assert_eq(tokenizer_token_bytes(tokenizer, tokenizer_n_tokens(tokenizer)), 0);
}

/* --- errors ------------------------------------------------------------------------------------ */

Test(tokenizer, an_id_out_of_range_is_an_error)
{
    Documents story = one_document(STORY);
    Tokenizer *tokenizer = text_rig_train("t", 0, &story);
    int id = tokenizer_n_tokens(tokenizer);
    cr_assert_null(tokenizer_token(tokenizer, id));
    cr_assert_null(tokenizer_decode(tokenizer, &id, 1, text_rig_arena, &text_rig_err));
    cr_assert(strstr(text_rig_err.text, "is not in the vocabulary"));
}

static void expect_vocabulary_refused(const char *json, const char *message)
{
    const char *folder = text_rig_folder();
    const char *merges = file_join(text_rig_arena, folder, "m", &text_rig_err);
    const char *vocabulary = file_join(text_rig_arena, folder, "v", &text_rig_err);
    cr_assert(file_write(merges, "#version: 0.2\n", 14, &text_rig_err));
    cr_assert(file_write(vocabulary, json, strlen(json), &text_rig_err));
    const TokenizerFiles files = {"published", vocabulary, merges, NULL};
    cr_assert_null(tokenizer_load_files(&files, text_rig_arena, &text_rig_err));
    cr_expect(strstr(text_rig_err.text, message), "%s", text_rig_err.text);
    cr_expect(strstr(text_rig_err.text, vocabulary), "%s", text_rig_err.text);
}

Test(tokenizer, a_vocabulary_whose_ids_are_not_0_to_n_is_refused)
{
    expect_vocabulary_refused("{\"<unk>\": 0, \"a\": 2}", "token 'a'");
    expect_vocabulary_refused("{\"<unk>\": 0, \"a\": -1}", "token 'a'");
    expect_vocabulary_refused("{\"<unk>\": 0, \"a\": 0}", "token 'a'");
    expect_vocabulary_refused("{\"<unk>\": 0, \"a\": 1.0}", "token 'a'");
    expect_vocabulary_refused("{\"<unk>\": 0, \"a\": 1, \"a\": 2}", "duplicate");
    expect_vocabulary_refused("[\"<unk>\"]", "expected an object");
    expect_vocabulary_refused("{\"<unk>\": 0, \"\xE9\": 1}", "UTF-8");
}

Test(tokenizer, a_vocabulary_in_which_unknown_text_is_not_token_0_is_refused)
{
    expect_vocabulary_refused("{\"a\": 0, \"<unk>\": 1}", "token '<unk>' has the id 1");
    expect_vocabulary_refused("{\"a\": 0}", "there is no token '<unk>'");
    expect_vocabulary_refused("{}", "there is no token '<unk>'");
}

static void expect_method_refused(const char *json)
{
    const char *folder = text_rig_folder();
    cr_assert(file_write(file_join(text_rig_arena, folder, "tokenizer.json", &text_rig_err), json,
                         strlen(json), &text_rig_err));
    cr_assert_null(tokenizer_load(folder, text_rig_arena, &text_rig_err));
    cr_assert(strstr(text_rig_err.text, "tokenizer.json: $.method: "), "%s", text_rig_err.text);
}

Test(tokenizer, a_method_that_cannot_be_loaded_is_refused)
{
    expect_method_refused("{\"format\": 1, \"method\": \"morphemes\"}");
    expect_method_refused("{\"format\": 1, \"method\": 1}");
    expect_method_refused("[\"bpe\"]");
}

Test(tokenizer, failed_allocations_are_reported_wherever_they_happen)
{
    Documents story = one_document(STORY);
    Tokenizer *tokenizer = text_rig_train("t", 20, &story);
    const char *text = "caf\u00E9 e\u0301 it's";
    for (long n = 1;; n++) {
        TokenList tokens;
        Error err = {0};
        arena_fail_at(n);
        bool encoded =
            tokenizer_encode(&tokens, tokenizer, text, strlen(text), text_rig_arena, &err);
        arena_fail_at(0);
        cr_assert_eq(encoded, err.kind == ERROR_NONE);
        if (encoded) break;
        cr_assert_lt(n, 1000);
    }
}

Test(tokenizer, a_failed_allocation_in_training_is_reported_and_writes_no_tokenizer)
{
    Documents story = one_document(STORY STORY);
    const char *parent = text_rig_folder();
    BpeSpec spec = {.merges = 20};
    SpecEntryChoice method = {spec_registry_find(&tokenizer_methods, "bpe"), &spec};
    for (long n = 1; n < 400; n += 7) {
        ArenaMark mark = arena_mark(text_rig_arena);
        const char *folder = file_join(text_rig_arena, parent, "t", &text_rig_err);
        Error err = {0};
        arena_fail_at(n);
        bool trained = tokenizer_train(folder, &method, &story, text_rig_arena, &err);
        arena_fail_at(0);
        cr_assert_eq(trained, err.kind == ERROR_NONE);
        if (trained) break;
        cr_assert_not(
            file_exists(file_join(text_rig_arena, folder, "tokenizer.json", &text_rig_err)));
        arena_reset(text_rig_arena, mark);
    }
}

static const char *folder; /* of the test at hand */

static const char *in_folder(const char *name)
{
    if (!folder) folder = text_rig_folder();
    const char *path = file_join(text_rig_arena, folder, name, &text_rig_err);
    cr_assert(path, "%s", text_rig_err.text);
    return path;
}

/* A published tokenizer of four tokens and one merge. */
static void write_published(const char *merges)
{
    static const char vocabulary[] = "{\"<unk>\": 0, \"a\": 1, \"b</w>\": 2, \"ab</w>\": 3}";
    cr_assert(
        file_write(in_folder("published.json"), vocabulary, strlen(vocabulary), &text_rig_err) &&
            file_write(in_folder("published.bpe"), merges, strlen(merges), &text_rig_err),
        "%s", text_rig_err.text);
}

static const TokenizerFiles *published(void)
{
    static TokenizerFiles files = {.method = "published"};
    files.vocabulary = in_folder("published.json");
    files.merges = in_folder("published.bpe");
    return &files;
}

Test(tokenizer, published_files_are_taken_over_byte_for_byte)
{
    static const char merges[] = "#version: 0.2\na b</w>\n";
    write_published(merges);
    const char *taken = in_folder("taken");
    cr_assert(tokenizer_import(taken, published(), text_rig_arena, &text_rig_err), "%s",
              text_rig_err.text);
    char *bytes;
    size_t size;
    cr_assert(
        file_read(&bytes, &size, in_folder("taken/merges.bpe"), text_rig_arena, &text_rig_err));
    cr_expect_str_eq(bytes, merges);
    Tokenizer *tokenizer = tokenizer_load(taken, text_rig_arena, &text_rig_err);
    cr_assert(tokenizer, "%s", text_rig_err.text);
    TokenList tokens;
    cr_assert(tokenizer_encode(&tokens, tokenizer, "ab", 2, text_rig_arena, &text_rig_err));
    cr_assert_eq(tokens.n, 1);
    cr_expect_eq(tokens.ids[0], 3);
}

Test(tokenizer, a_published_tokenizer_takes_the_released_rules_and_a_learnt_one_its_own)
{
    write_published("#version: 0.2\na b</w>\n");
    const char *taken = in_folder("taken");
    cr_assert(tokenizer_import(taken, published(), text_rig_arena, &text_rig_err));
    Documents story = one_document(STORY);
    cr_expect_eq(tokenizer_rules(tokenizer_load(taken, text_rig_arena, &text_rig_err)),
                 &normalizer_released);
    cr_expect_eq(tokenizer_rules(text_rig_train("t", 20, &story)), &normalizer_own);
}

Test(tokenizer, published_files_that_do_not_fit_together_leave_nothing)
{
    write_published("#version: 0.2\nx y</w>\n");
    const char *taken = in_folder("taken");
    cr_expect_not(tokenizer_import(taken, published(), text_rig_arena, &text_rig_err));
    cr_expect_not(file_exists(taken));
}

Test(tokenizer, a_choice_says_where_its_files_come_from)
{
    BpeSpec spec = {.merges = 20};
    SpecEntryChoice learnt = {spec_registry_find(&tokenizer_methods, "bpe"), &spec};
    cr_expect_null(tokenizer_data(&learnt));
}

/* Counting words, merge after merge, and encoding. */
Test(tokenizer, learning_and_encoding_ask_whether_to_stop)
{
    const Documents documents = one_document(STORY STORY);
    interrupt_at(1L << 40); /* never */
    const Tokenizer *tokenizer = text_rig_train("asked", 10, &documents);
    const long looks = interrupt_looks();
    cr_expect_geq(looks, 10, "%ld", looks);
    TokenList tokens;
    size_t *offset;
    interrupt_at(1);
    cr_expect_not(tokenizer_encode_documents(&tokens, &offset, tokenizer, &documents,
                                             text_rig_arena, &text_rig_err));
    cr_expect_eq(text_rig_err.kind, ERROR_INTERRUPTED);
}
