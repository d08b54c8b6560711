#include "text/wordpiece_method.h"

#include <limits.h>
#include <string.h>

#include "base/file.h"
#include "text/tokenizer_json.h"
#include "text/tokenizer_state.h"
#include "text/unicode.h"
#include "text/wordpiece.h"
#include "text/wordpiece_words.h"

typedef struct PieceSpec {
    const char *data;
} PieceSpec;

static const SpecField wordpiece_fields[] = {
    SPEC_TEXT_REQUIRED(PieceSpec, data, "data set of form 'tokenizer' whose method is wordpiece"),
    SPEC_END};
static const SpecTable wordpiece_table = {"wordpiece", sizeof(PieceSpec), wordpiece_fields, NULL};

static const char *data(const void *spec)
{
    return ((const PieceSpec *)spec)->data;
}

/* --- vocab.txt ---------------------------------------------------------------------------------------- */

static bool add_line(Vocabulary *vocabulary, const char *line, size_t size, const char *path,
                     Error *err)
{
    const size_t number = vocabulary->n + 1;
    if (size == 0) return error_set(err, "%s:%zu: no piece on this line", path, number);
    if (memchr(line, 0, size) || !unicode_is_valid(line, size))
        return error_set(err, "%s:%zu: the piece is not UTF-8", path, number);
    const int id = vocabulary_add(vocabulary, line, size, err);
    if (id < 0) return false;
    return (size_t)id + 1 == number ||
           error_set(err, "%s:%zu: the piece '%.*s' is there already, on line %d", path, number,
                     size > 100 ? 100 : (int)size, line, id + 1);
}

static bool read_lines(Vocabulary *vocabulary, const char *bytes, size_t size, const char *path,
                       Arena *arena, Error *err)
{
    *vocabulary = vocabulary_create(arena);
    for (size_t at = 0, end; at < size; at = end + 1) {
        const char *newline = memchr(bytes + at, '\n', size - at);
        end = newline ? (size_t)(newline - bytes) : size;
        const size_t length = end > at && bytes[end - 1] == '\r' ? end - at - 1 : end - at;
        if (!add_line(vocabulary, bytes + at, length, path, err)) return false;
    }
    return true;
}

/* What is said of text beside vocab.txt; `path` NULL: nothing. */
static bool read_settings(WordpieceWords *words, const char *path, Arena *arena, Error *err)
{
    *words = (WordpieceWords){true, true, true, true};
    if (!path) return true;
    const Json *object = tokenizer_json_settings(path, arena, err);
    return object &&
           tokenizer_json_bool(&words->lower_case, object, "do_lower_case", true, path, err) &&
           tokenizer_json_bool(&words->split_chinese, object, "tokenize_chinese_chars", true, path,
                               err) &&
           tokenizer_json_bool(&words->strip_accents, object, "strip_accents", words->lower_case,
                               path, err);
}

/* --- tokenizer.json ------------------------------------------------------------------------------- */

static bool read_words(WordpieceWords *words, const Json *whole, const char *path, Error *err)
{
    const Json *normalizer = json_get(whole, "normalizer");
    const char *first = tokenizer_json_type(normalizer),
               *second = tokenizer_json_type(json_get(whole, "pre_tokenizer"));
    if (strcmp(first, "BertNormalizer") != 0 || strcmp(second, "BertPreTokenizer") != 0) {
        error_set(err, "%s: text is made words by '%s' and '%s', not as BERT's", path, first,
                  second);
        return error_hint(err, "only BertNormalizer with BertPreTokenizer is read");
    }
    return tokenizer_json_bool(&words->clean_text, normalizer, "clean_text", true, path, err) &&
           tokenizer_json_bool(&words->split_chinese, normalizer, "handle_chinese_chars", true,
                               path, err) &&
           tokenizer_json_bool(&words->lower_case, normalizer, "lowercase", true, path, err) &&
           tokenizer_json_bool(&words->strip_accents, normalizer, "strip_accents",
                               words->lower_case, path, err);
}

static bool accept(void *context, int id, bool is_special, Error *err)
{
    (void)context, (void)id, (void)is_special, (void)err;
    return true;
}

/* The unknown token's name is in *unknown. */
static bool read_json(Vocabulary *vocabulary, Wordpiece *wordpiece, WordpieceWords *words,
                      const char **unknown, const char *bytes, size_t size, const char *path,
                      Arena *arena, Error *err)
{
    const Json *whole = json_parse_text(bytes, size, path, arena, err);
    const Json *model = whole ? tokenizer_json_model(whole, "WordPiece", path, err) : NULL;
    if (!model) return false;
    const Json *pieces = json_get(model, "vocab");
    const char *prefix = json_get_text(model, "continuing_subword_prefix");
    if (prefix) wordpiece->prefix = prefix;
    if (json_get_text(model, "unk_token")) *unknown = json_get_text(model, "unk_token");
    if (!pieces) return error_set(err, "%s: $.model.vocab: is not there", path);
    return vocabulary_fill(vocabulary, pieces, path, arena, err) &&
           tokenizer_json_add_tokens(vocabulary, whole, path, accept, NULL, err) &&
           tokenizer_json_integer(&wordpiece->most_characters, model, "max_input_chars_per_word",
                                  WORDPIECE_MOST_CHARACTERS, path, err) &&
           read_words(words, whole, path, err);
}

/* --- the whole ---------------------------------------------------------------------------------------- */

static bool read_pieces(Tokenizer *tokenizer, Wordpiece *wordpiece, WordpieceWords *words,
                        const char **unknown, const TokenizerFiles *files, Arena *arena, Error *err)
{
    char *bytes;
    size_t size;
    const char *path = files->vocabulary;
    if (!file_read(&bytes, &size, path, arena, err)) return false;
    if (tokenizer_json_is_object(bytes, size))
        return read_json(&tokenizer->vocabulary, wordpiece, words, unknown, bytes, size, path,
                         arena, err);
    return read_lines(&tokenizer->vocabulary, bytes, size, path, arena, err) &&
           read_settings(words, files->settings, arena, err);
}

static void find_specials(TokenizerSpecials *specials, const Vocabulary *vocabulary, int unknown)
{
    specials->unknown = unknown;
    specials->pad = vocabulary_find_text(vocabulary, "[PAD]");
    specials->begin = vocabulary_find_text(vocabulary, "[CLS]");
    specials->end = vocabulary_find_text(vocabulary, "[SEP]");
    specials->mask = vocabulary_find_text(vocabulary, "[MASK]");
}

static bool load(Tokenizer *tokenizer, const TokenizerFiles *files, Arena *arena, Error *err)
{
    Wordpiece *wordpiece = arena_alloc(arena, 1, sizeof *wordpiece, err);
    WordpieceWords *words = wordpiece ? arena_alloc(arena, 1, sizeof *words, err) : NULL;
    NormalizerRules *rules = words ? arena_alloc(arena, 1, sizeof *rules, err) : NULL;
    const char *unknown = "[UNK]";
    if (!rules) return false;
    *wordpiece = (Wordpiece){.vocabulary = &tokenizer->vocabulary,
                             .prefix = "##",
                             .most_characters = WORDPIECE_MOST_CHARACTERS};
    *rules = (NormalizerRules){.run = wordpiece_words_run, .settings = words};
    if (!read_pieces(tokenizer, wordpiece, words, &unknown, files, arena, err)) return false;
    wordpiece->unknown = vocabulary_find_text(&tokenizer->vocabulary, unknown);
    if (wordpiece->unknown < 0) {
        error_set(err, "%s: there is no piece '%s'", files->vocabulary, unknown);
        return error_hint(err, "words that no pieces make up are read as that one");
    }
    find_specials(&tokenizer->specials, &tokenizer->vocabulary, wordpiece->unknown);
    tokenizer->rules = rules;
    tokenizer->state = wordpiece;
    return wordpiece_prepare(wordpiece, arena, err);
}

static bool encode_word(int *ids, size_t *n, const void *state, const char *word, size_t size,
                        Arena *scratch, Error *err)
{
    (void)scratch;
    (void)err;
    *n = wordpiece_encode_word(ids, state, word, size);
    return true;
}

static bool decode(Buffer *text, const Tokenizer *tokenizer, const int *ids, size_t n, Error *err)
{
    for (size_t i = 0; i < n; i++) {
        const char *rest;
        const bool continues = wordpiece_continues(&rest, tokenizer->state, ids[i]);
        if ((i > 0 && !continues && !buffer_add_char(text, ' ', err)) ||
            !buffer_add_text(text, i > 0 ? rest : tokenizer->vocabulary.token[ids[i]], err))
            return false;
    }
    return true;
}

/* The space before a word included. */
static int token_bytes(const Tokenizer *tokenizer, int id)
{
    const char *rest;
    const bool continues = wordpiece_continues(&rest, tokenizer->state, id);
    return (int)strlen(rest) + !continues;
}

const TokenizerMethod wordpiece_method = {
    .entry = {"wordpiece", "a published vocabulary of WordPiece, as BERT's", &wordpiece_table},
    .files = {.method = "wordpiece", .vocabulary = "pieces", .settings = "settings.json"},
    .data = data,
    .library_file = "vocab.txt",
    .library_class = "BertTokenizer",
    .rules_version = 1,
    .load = load,
    .encode_word = encode_word,
    .decode = decode,
    .token_bytes = token_bytes,
};
