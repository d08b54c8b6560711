/* SentencePiece's unigram models against the ids of its own library and of Hugging Face's, and files that are wrong. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/file.h"
#include "pieces_rig.h"

TestSuite(sentencepiece, .init = text_rig_set_up, .fini = text_rig_tear_down);

static const char *const kinds[] = {"t5", "bytes", "user", "spaces", "across"};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

Test(sentencepiece, ids_and_texts_are_the_librarys_for_every_kind_of_model)
{
    for (int i = 0; i < N_KINDS; i++) {
        const char *ids =
            arena_format(text_rig_arena, &text_rig_err, "sentencepiece/%s/ids", kinds[i]);
        const char *decoded =
            arena_format(text_rig_arena, &text_rig_err, "sentencepiece/%s/decoded", kinds[i]);
        cr_assert(ids && decoded);
        pieces_rig_compare(pieces_rig_sentencepiece(kinds[i], NULL), pieces_rig_golden(ids),
                           pieces_rig_golden(decoded));
    }
}

/* "<unk>" in a text is a token to the library, and none here. */
Test(sentencepiece, tokenizer_json_gives_the_ids_of_hugging_faces_library)
{
    const Tokenizer *tokenizer = pieces_rig_unigram();
    const Json *lines = pieces_rig_golden("lines"), *ids = pieces_rig_golden("unigram/ids");
    for (size_t i = 0; i < json_size(lines); i++) {
        const char *line = json_text(json_at(lines, i));
        if (strstr(line, "<unk>")) continue;
        const TokenList tokens = pieces_rig_encode(tokenizer, line);
        cr_expect_eq(tokens.n, json_size(json_at(ids, i)), "line %zu: '%s'", i, line);
        for (size_t k = 0; k < tokens.n && k < json_size(json_at(ids, i)); k++)
            cr_expect_eq(tokens.ids[k], json_int(json_at(json_at(ids, i), k)), "line %zu, id %zu",
                         i, k);
    }
}

Test(sentencepiece, documents_encode_as_each_of_them_alone_with_any_number_of_threads)
{
    for (int i = 0; i < N_KINDS; i++)
        pieces_rig_compare_documents(pieces_rig_sentencepiece(kinds[i], NULL));
    pieces_rig_compare_documents(pieces_rig_unigram());
}

Test(sentencepiece, sentinels_stand_behind_the_pieces_the_last_one_first)
{
    const Tokenizer *bare = pieces_rig_sentencepiece("t5", NULL);
    const Tokenizer *tokenizer = pieces_rig_sentencepiece("t5", "{\"extra_ids\": 3}");
    const TokenizerSpecials *specials = tokenizer_specials(tokenizer);
    const int n = tokenizer_n_tokens(bare);
    cr_expect_eq(tokenizer_specials(bare)->n_sentinels, 0);
    cr_expect_eq(tokenizer_n_tokens(tokenizer), n + 3);
    cr_assert_eq(specials->n_sentinels, 3);
    cr_expect_eq(specials->sentinels[0], n + 2);
    cr_expect_eq(specials->sentinels[2], n);
    cr_expect_str_eq(tokenizer_token(tokenizer, n + 2), "<extra_id_0>");
    cr_expect_eq(specials->pad, 0);
    cr_expect_eq(specials->end, 1);
    cr_expect_eq(specials->unknown, 2);
    cr_expect_eq(specials->begin, -1);
    cr_expect_eq(specials->mask, -1);
    cr_expect_eq(tokenizer_token_bytes(tokenizer, n), 0);
    cr_expect_eq(tokenizer_specials(pieces_rig_unigram())->n_sentinels, 3);
    pieces_rig_compare(tokenizer, pieces_rig_golden("sentencepiece/t5/ids"), NULL);
}

Test(sentencepiece, bytes_of_tokens_add_up_to_those_of_the_text)
{
    const Tokenizer *tokenizer = pieces_rig_sentencepiece("bytes", NULL);
    const TokenList tokens = pieces_rig_encode(tokenizer, "The quick caf\u00E9 \u6F22");
    size_t n = 0;
    for (size_t i = 0; i < tokens.n; i++)
        n += (size_t)tokenizer_token_bytes(tokenizer, tokens.ids[i]);
    cr_expect_eq(n, strlen(pieces_rig_decode(tokenizer, tokens)) + 1, "a space before the first");
}

Test(sentencepiece, its_folder_is_loaded_as_it_was_taken_over)
{
    size_t size;
    const char *model = pieces_rig_model(&size, "t5"), settings[] = "{\"extra_ids\": 2}";
    const TokenizerFiles files = {.method = "sentencepiece",
                                  .vocabulary = pieces_rig_write("spiece.model", model, size),
                                  .settings =
                                      pieces_rig_write("config.json", settings, strlen(settings))};
    const char *folder = file_join(text_rig_arena, text_rig_folder(), "taken", &text_rig_err);
    cr_assert(tokenizer_import(folder, &files, text_rig_arena, &text_rig_err), "%s",
              text_rig_err.text);
    const Tokenizer *tokenizer = tokenizer_load(folder, text_rig_arena, &text_rig_err);
    cr_assert(tokenizer, "%s", text_rig_err.text);
    cr_expect_eq(tokenizer_specials(tokenizer)->n_sentinels, 2);
    pieces_rig_compare(tokenizer, pieces_rig_golden("sentencepiece/t5/ids"), NULL);
}

/* --- models made by hand ---------------------------------------------------------------------------- */

/* The fields of a message, with lengths below 128. */
static void add_field(Buffer *message, int number, int kind, const void *bytes, size_t size)
{
    cr_assert_lt(size, 128);
    cr_assert(buffer_add_char(message, (char)(number << 3 | kind), &text_rig_err));
    if (kind == 2) cr_assert(buffer_add_char(message, (char)size, &text_rig_err));
    cr_assert(buffer_add(message, bytes, size, &text_rig_err));
}

static void add_varint(Buffer *message, int number, char value)
{
    cr_assert(buffer_add_char(message, (char)0, &text_rig_err) && value >= 0);
    message->size--;
    const bool two = number > 15; /* a key of two bytes */
    if (two)
        cr_assert(buffer_add_char(message, (char)(0x80 | (number << 3 & 0x7F)), &text_rig_err));
    cr_assert(buffer_add_char(message, (char)(two ? number >> 4 : number << 3), &text_rig_err));
    cr_assert(buffer_add_char(message, value, &text_rig_err));
}

static void add_piece(Buffer *model, const char *piece, float score, char type)
{
    Buffer message = buffer_create(text_rig_arena);
    add_field(&message, 1, 2, piece, strlen(piece));
    add_field(&message, 2, 5, &score, sizeof score);
    add_varint(&message, 3, type);
    add_field(model, 1, 2, message.data, message.size);
}

static void add_setting(Buffer *model, int number, int field, char value)
{
    Buffer message = buffer_create(text_rig_arena);
    add_varint(&message, field, value);
    add_field(model, number, 2, message.data, message.size);
}

enum { NORMAL = 1, UNKNOWN = 2, BYTE = 6 };
enum { TRAINER = 2, NORMALIZER = 3 };

static Buffer small_model(void)
{
    Buffer model = buffer_create(text_rig_arena);
    add_piece(&model, "<unk>", 0, UNKNOWN);
    add_piece(&model, "\u2581", -3, NORMAL);
    add_piece(&model, "a", -2, NORMAL);
    add_piece(&model, "b", -2, NORMAL);
    add_piece(&model, "ab", -3.5F, NORMAL);
    add_piece(&model, "ba", -4.5F, NORMAL);
    return model;
}

Test(sentencepiece, the_cut_with_the_greatest_sum_is_taken)
{
    const Buffer model = small_model();
    const Tokenizer *tokenizer = pieces_rig_try("sentencepiece", model.data, model.size, NULL);
    cr_assert(tokenizer, "%s", text_rig_err.text);
    const TokenList one = pieces_rig_encode(tokenizer, "abba");
    const int expected[] = {1, 4, 3,
                            2}; /* ab for -3.5 is better than a, b for -4; ba for -4.5 is not */
    cr_assert_eq(one.n, 4);
    cr_expect_arr_eq(one.ids, expected, sizeof expected);
    const TokenList unknown = pieces_rig_encode(tokenizer, "axyzb");
    const int as_one[] = {1, 2, 0, 3};
    cr_assert_eq(unknown.n, 4);
    cr_expect_arr_eq(unknown.ids, as_one, sizeof as_one);
}

static void expect_refused(const Buffer *model, const char *message)
{
    text_rig_err = (Error){0};
    cr_expect_null(pieces_rig_try("sentencepiece", model->data, model->size, NULL), "%s", message);
    cr_expect(strstr(text_rig_err.text, message), "'%s' in: %s", message, text_rig_err.text);
}

static void expect_piece_refused(const char *piece, float score, char type, const char *message)
{
    Buffer model = small_model();
    add_piece(&model, piece, score, type);
    expect_refused(&model, message);
}

Test(sentencepiece, wrong_pieces_are_refused_with_their_numbers)
{
    expect_piece_refused("ab", -1, NORMAL, "piece 6, 'ab', is there already, as 4");
    expect_piece_refused("", -1, NORMAL, "piece 6 is empty");
    expect_piece_refused("\xFF", -1, NORMAL, "piece 6 is not UTF-8");
    expect_piece_refused("c", -1, 9, "piece 6 is of a type that is not known, 9");
    expect_piece_refused("c", 0.0F / 0.0F, NORMAL, "the score of piece 6 is no number");
    expect_piece_refused("c", -1, UNKNOWN, "the pieces 0 and 6 are both the unknown one");
    expect_piece_refused("<0xZZ>", -1, BYTE, "the piece 6, '<0xZZ>', is no byte");
    Buffer model = buffer_create(text_rig_arena);
    add_piece(&model, "a", -1, NORMAL);
    expect_refused(&model, "no piece is the unknown one");
}

static void expect_setting_refused(int number, int field, char value, const char *message)
{
    Buffer model = small_model();
    add_setting(&model, number, field, value);
    expect_refused(&model, message);
}

Test(sentencepiece, models_of_other_kinds_are_refused)
{
    expect_setting_refused(TRAINER, 3, 2, "is a model of kind 'BPE', not 'unigram'");
    expect_setting_refused(TRAINER, 3, 77, "is a model of kind '?'");
    expect_setting_refused(TRAINER, 24, 1, "spaces are marked behind words");
    expect_setting_refused(TRAINER, 35, 1, "there is no piece <0x00>");
    expect_setting_refused(NORMALIZER, 5, 0, "spaces are not written as U+2581");
}

static void expect_map_refused(const char *map, size_t size, const char *message)
{
    Buffer model = small_model(), normalizer = buffer_create(text_rig_arena);
    add_field(&normalizer, 2, 2, map, size);
    add_field(&model, NORMALIZER, 2, normalizer.data, normalizer.size);
    expect_refused(&model, message);
}

Test(sentencepiece, a_damaged_character_map_is_refused)
{
    expect_map_refused("\4\0", 2, "the character map of 2 bytes is damaged");
    expect_map_refused("\xFF\xFF\xFF\xFF\0\0\0\0x", 10, "the character map of 10 bytes is damaged");
    expect_map_refused("\3\0\0\0abcx", 9, "the character map of 9 bytes is damaged");
    expect_map_refused("\4\0\0\0\0\0\0\0x", 9, "the last text of the character map is cut off");
    expect_map_refused("\4\0\0\0\0\0\0\0\xFF", 10, "texts that are not UTF-8");
}

Test(sentencepiece, a_file_that_is_cut_off_anywhere_is_refused_or_read_without_its_end)
{
    size_t size;
    const char *bytes = pieces_rig_model(&size, "t5");
    for (size_t n = 0; n < size; n += n < 200 || n + 200 > size ? 1 : 97) {
        text_rig_err = (Error){0};
        const Tokenizer *tokenizer = pieces_rig_try("sentencepiece", bytes, n, NULL);
        cr_assert_eq(tokenizer != NULL, text_rig_err.kind == ERROR_NONE, "%zu bytes", n);
        if (n < 10) cr_expect_null(tokenizer, "%zu bytes", n);
    }
}

Test(sentencepiece, more_sentinels_than_can_be_meant_are_refused)
{
    size_t size;
    const char *bytes = pieces_rig_model(&size, "t5");
    cr_expect_null(pieces_rig_try("sentencepiece", bytes, size, "{\"extra_ids\": 100000000}"));
    cr_expect(strstr(text_rig_err.text, "extra_ids: 100000000 is not 0 to"), "%s",
              text_rig_err.text);
}

/* --- tokenizer.json ----------------------------------------------------------------------------- */

static void expect_json_refused(const char *text, const char *message)
{
    text_rig_err = (Error){0};
    cr_expect_null(pieces_rig_try("sentencepiece", text, strlen(text), NULL), "%s", message);
    cr_expect(strstr(text_rig_err.text, message), "'%s' in: %s", message, text_rig_err.text);
}

#define UNIGRAM(vocabulary, more)                                                                  \
    "{\"model\": {\"type\": \"Unigram\", \"unk_id\": 0, \"vocab\": " vocabulary "}" more "}"
#define PIECES    "[[\"<unk>\", 0], [\"a\", -1.5], [\"\u2581\", -2], [\"\u2581a\", -2.5]]"
#define METASPACE "\"type\": \"Metaspace\", \"prepend_scheme\": "

Test(sentencepiece, wrong_tokenizer_json_is_refused_by_member)
{
    expect_json_refused("{\"model\": {\"type\": \"WordPiece\"}}", "'WordPiece', not 'Unigram'");
    expect_json_refused(UNIGRAM("{}", ""), "$.model.vocab: is no list");
    expect_json_refused(UNIGRAM("[[\"<unk>\", 0], [\"a\"]]", ""), "$.model.vocab[1]: is no pair");
    expect_json_refused(UNIGRAM("[[\"<unk>\", 0], [\"<unk>\", 0]]", ""), "is there already, as 0");
    expect_json_refused("{\"model\": {\"type\": \"Unigram\", \"unk_id\": null, \"vocab\": " PIECES
                        "}}",
                        "no piece is the unknown one");
    expect_json_refused(UNIGRAM(PIECES, ", \"normalizer\": {\"type\": \"NFKC\"}"),
                        "the normalizer 'NFKC' is not read");
    expect_json_refused(UNIGRAM(PIECES, ", \"normalizer\": {\"type\": \"Precompiled\", "
                                        "\"precompiled_charsmap\": \"AA*A\"}"),
                        "character 2 is not one of base64");
    expect_json_refused(UNIGRAM(PIECES, ", \"pre_tokenizer\": {" METASPACE "\"first\"}"),
                        "prepend_scheme 'first' is not read");
    expect_json_refused(
        UNIGRAM(PIECES,
                ", \"pre_tokenizer\": {\"type\": \"Sequence\", \"pretokenizers\": [{" METASPACE
                "\"never\"}, {\"type\": \"WhitespaceSplit\"}]}"),
        "the pre_tokenizer 'WhitespaceSplit' is not read");
}

Test(sentencepiece, spaces_are_those_of_each_way_to_cut_text)
{
    static const char *const expected[] = {"\u2581a \u2581 \u2581a", "a \u2581 \u2581a",
                                           "\u2581a \u2581a"};
    static const char *const texts[] = {
        UNIGRAM(PIECES, ", \"pre_tokenizer\": {" METASPACE "\"always\"}"),
        UNIGRAM(PIECES, ", \"pre_tokenizer\": {" METASPACE "\"never\"}"),
        UNIGRAM(PIECES,
                ", \"normalizer\": {\"type\": \"Replace\", \"pattern\": {\"Regex\": \" "
                "{2,}\"}, \"content\": \" \"}, \"pre_tokenizer\": {" METASPACE "\"always\"}"),
    };
    for (int i = 0; i < 3; i++) {
        const Tokenizer *tokenizer =
            pieces_rig_try("sentencepiece", texts[i], strlen(texts[i]), NULL);
        cr_assert(tokenizer, "%s", text_rig_err.text);
        const char *words = tokenizer_normalize("a  a", 4, tokenizer_rules(tokenizer),
                                                text_rig_arena, &text_rig_err);
        cr_expect_str_eq(words, expected[i]);
    }
}

Test(sentencepiece, failed_allocations_are_reported_wherever_they_happen)
{
    const Buffer model = small_model();
    const char *path = pieces_rig_write("m", model.data, model.size);
    const TokenizerFiles files = {.method = "sentencepiece", .vocabulary = path};
    for (long n = 1;; n++) {
        Error err = {0};
        TokenList tokens;
        arena_fail_at(n);
        const Tokenizer *tokenizer = tokenizer_load_files(&files, text_rig_arena, &err);
        const bool done =
            tokenizer && tokenizer_encode(&tokens, tokenizer, "abba x", 6, text_rig_arena, &err);
        arena_fail_at(0);
        cr_assert_eq(done, err.kind == ERROR_NONE);
        if (done) break;
        cr_assert_lt(n, 1000);
    }
}
