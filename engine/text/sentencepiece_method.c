#include "text/sentencepiece_method.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "text/sentencepiece_file.h"
#include "text/sentencepiece_json.h"
#include "text/tokenizer_json.h"
#include "text/tokenizer_state.h"
#include "text/unicode.h"

enum { MOST_SENTINELS = 100000 };

typedef struct PieceSpec {
    const char *data;
} PieceSpec;

static const SpecField sentencepiece_fields[] = {
    SPEC_TEXT_REQUIRED(PieceSpec, data,
                       "data set of form 'tokenizer' whose method is sentencepiece"),
    SPEC_END};
static const SpecTable sentencepiece_table = {"sentencepiece", sizeof(PieceSpec),
                                              sentencepiece_fields, NULL};

static const char *data(const void *spec)
{
    return ((const PieceSpec *)spec)->data;
}

/* --- reading --------------------------------------------------------------------------------------- */

/* T5's own file has no sentinels: its library adds them, the last one first. */
static bool add_sentinels(SentencepieceModel *model, const char *path, Arena *arena, Error *err)
{
    int64_t n;
    if (!path) return true;
    const Json *object = tokenizer_json_settings(path, arena, err);
    if (!object || !tokenizer_json_integer(&n, object, "extra_ids", 0, path, err)) return false;
    if (n < 0 || n > MOST_SENTINELS)
        return error_set(err, "%s: extra_ids: %lld is not 0 to %d", path, (long long)n,
                         MOST_SENTINELS);
    while (n-- > 0) {
        const char *token = arena_format(arena, err, "<extra_id_%lld>", (long long)n);
        if (!token ||
            !sentencepiece_model_add(model, token, strlen(token),
                                     (UnigramPiece){0, UNIGRAM_CONTROL}, path, arena, err))
            return false;
    }
    return true;
}

static bool read_model(SentencepieceModel *model, const TokenizerFiles *files, Arena *arena,
                       Error *err)
{
    char *bytes;
    size_t size;
    if (!file_read(&bytes, &size, files->vocabulary, arena, err)) return false;
    if (tokenizer_json_is_object(bytes, size))
        return sentencepiece_json_read(model, bytes, size, files->vocabulary, arena, err);
    return sentencepiece_file_read(model, bytes, size, files->vocabulary, arena, err) &&
           add_sentinels(model, files->settings, arena, err);
}

static bool find_sentinels(TokenizerSpecials *specials, const Vocabulary *vocabulary, Arena *arena,
                           Error *err)
{
    size_t room = 0;
    int *ids = NULL;
    for (size_t i = 0;; i++) {
        const char *token = arena_format(arena, err, "<extra_id_%zu>", i);
        const int id = token ? vocabulary_find_text(vocabulary, token) : -1;
        if (!token) return false;
        if (id < 0) break;
        ids = arena_grow(arena, ids, i, &room, sizeof *ids, err);
        if (!ids) return false;
        ids[i] = id;
        specials->n_sentinels = i + 1;
    }
    specials->sentinels = ids;
    return true;
}

static bool find_specials(Tokenizer *tokenizer, const Unigram *unigram, Arena *arena, Error *err)
{
    TokenizerSpecials *specials = &tokenizer->specials;
    const Vocabulary *vocabulary = &tokenizer->vocabulary;
    specials->unknown = unigram->unknown;
    specials->pad = vocabulary_find_text(vocabulary, "<pad>");
    specials->begin = vocabulary_find_text(vocabulary, "<s>");
    specials->end = vocabulary_find_text(vocabulary, "</s>");
    return find_sentinels(specials, vocabulary, arena, err);
}

static bool load(Tokenizer *tokenizer, const TokenizerFiles *files, Arena *arena, Error *err)
{
    SentencepieceModel *model = arena_alloc(arena, 1, sizeof *model, err);
    NormalizerRules *rules = model ? arena_alloc(arena, 1, sizeof *rules, err) : NULL;
    if (!rules) return false;
    tokenizer->vocabulary = vocabulary_create(arena);
    *model = (SentencepieceModel){.vocabulary = &tokenizer->vocabulary,
                                  .unknown_text = SENTENCEPIECE_UNKNOWN_TEXT};
    if (!read_model(model, files, arena, err)) return false;
    model->unigram.vocabulary = &tokenizer->vocabulary;
    model->unigram.pieces = model->pieces;
    model->words.unigram = &model->unigram;
    if (!unigram_prepare(&model->unigram, files->vocabulary, arena, err)) return false;
    *rules =
        (model->is_library ? sentencepiece_words_library : sentencepiece_words_own)(&model->words);
    tokenizer->rules = rules;
    tokenizer->state = model;
    return find_specials(tokenizer, &model->unigram, arena, err);
}

static bool encode_word(int *ids, size_t *n, const void *state, const char *word, size_t size,
                        Arena *scratch, Error *err)
{
    const SentencepieceModel *model = state;
    return unigram_encode(ids, n, &model->unigram, word, size, scratch, err);
}

/* --- decoding --------------------------------------------------------------------------------------- */

/* A run of bytes that tokens stand for, as characters; what is none of UTF-8 becomes U+FFFD. */
static bool add_bytes(Buffer *text, Buffer *bytes, Error *err)
{
    for (size_t i = 0; i < bytes->size;) {
        uint32_t character;
        char written[UNICODE_MAX_BYTES];
        i += (size_t)unicode_decode(&character, bytes->data + i, bytes->size - i);
        if (!buffer_add(text, written, (size_t)unicode_encode(written, character), err))
            return false;
    }
    buffer_clear(bytes);
    return true;
}

static bool add_piece(Buffer *text, const char *piece, Error *err)
{
    const size_t n_mark = sizeof SENTENCEPIECE_SPACE - 1;
    for (const char *at = piece; *at;) {
        const bool is_mark = !strncmp(at, SENTENCEPIECE_SPACE, n_mark);
        if (!buffer_add_char(text, is_mark ? ' ' : *at, err)) return false;
        at += is_mark ? n_mark : 1;
    }
    return true;
}

/* A text's first space is the one that was put before it: it goes, even behind pieces that add nothing. Where spaces
 * were removed, so does every such space until something else came. */
static bool drops_first_space(const SentencepieceModel *model)
{
    return model->words.add_prefix || model->words.remove_spaces;
}

static bool decode(Buffer *text, const Tokenizer *tokenizer, const int *ids, size_t n, Error *err)
{
    const SentencepieceModel *model = tokenizer->state;
    const size_t n_mark = sizeof SENTENCEPIECE_SPACE - 1;
    Buffer bytes = buffer_create(text->arena);
    bool seen_space = false;
    for (size_t i = 0; i < n; i++) {
        const UnigramType type = model->pieces[ids[i]].type;
        const char *piece = tokenizer->vocabulary.token[ids[i]];
        if (type == UNIGRAM_BYTE) {
            const char byte = (char)(strtol(piece + 3, NULL, 16) & 0xFF);
            if (!buffer_add_char(&bytes, byte, err)) return false;
            continue;
        }
        if (!add_bytes(text, &bytes, err)) return false;
        const bool at_start = !seen_space && text->size == 0;
        const bool has_space = !strncmp(piece, SENTENCEPIECE_SPACE, n_mark);
        const bool drops = at_start && has_space && drops_first_space(model);
        if (type == UNIGRAM_UNKNOWN && !buffer_add_text(text, model->unknown_text, err))
            return false;
        if (type == UNIGRAM_UNKNOWN || type == UNIGRAM_CONTROL) continue;
        if (drops && !model->words.remove_spaces) seen_space = true;
        if (!add_piece(text, piece + (drops ? n_mark : 0), err)) return false;
    }
    return add_bytes(text, &bytes, err);
}

/* U+2581 is a space, and that before the first word counts as well. */
static int token_bytes(const Tokenizer *tokenizer, int id)
{
    const SentencepieceModel *model = tokenizer->state;
    const int n_mark = sizeof SENTENCEPIECE_SPACE - 1;
    switch (model->pieces[id].type) {
    case UNIGRAM_CONTROL: return 0;
    case UNIGRAM_BYTE: return 1;
    case UNIGRAM_UNKNOWN: return (int)strlen(model->unknown_text);
    default: break;
    }
    int n = 0;
    for (const char *at = tokenizer->vocabulary.token[id]; *at; n++)
        at += !strncmp(at, SENTENCEPIECE_SPACE, (size_t)n_mark) ? n_mark : 1;
    return n;
}

const TokenizerMethod sentencepiece_method = {
    .entry = {"sentencepiece", "a published unigram model of SentencePiece, as T5's",
              &sentencepiece_table},
    .files = {.method = "sentencepiece", .vocabulary = "pieces", .settings = "settings.json"},
    .data = data,
    .library_file = "spiece.model",
    .library_class = "T5Tokenizer",
    .rules_version = 1,
    .load = load,
    .encode_word = encode_word,
    .decode = decode,
    .token_bytes = token_bytes,
};
