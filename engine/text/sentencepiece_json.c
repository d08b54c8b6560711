#include "text/sentencepiece_json.h"

#include <string.h>

#include "base/base64.h"
#include "text/tokenizer_json.h"

typedef struct Reading {
    SentencepieceModel *model;
    const char *path;
    Arena *arena;
    Error *err;
} Reading;

static bool refuse(const Reading *r, const char *what, const Json *object)
{
    error_set(r->err, "%s: the %s '%s' is not read", r->path, what, tokenizer_json_type(object));
    return error_hint(r->err,
                      "text is to be cut as T5's is: Precompiled, WhitespaceSplit, Metaspace");
}

/* --- pieces --------------------------------------------------------------------------------------- */

static bool add_piece(const Reading *r, const Json *row, int64_t unknown)
{
    const size_t n = r->model->vocabulary->n;
    const bool is_pair = json_type(row) == JSON_LIST_VALUE && json_size(row) == 2 &&
                         json_type(json_at(row, 0)) == JSON_TEXT_VALUE &&
                         json_is_numeric(json_at(row, 1));
    if (!is_pair)
        return error_set(r->err, "%s: $.model.vocab[%zu]: is no pair of a piece and its score",
                         r->path, n);
    const char *piece = json_text(json_at(row, 0));
    const UnigramPiece what = {json_number(json_at(row, 1)),
                               (int64_t)n == unknown ? UNIGRAM_UNKNOWN : UNIGRAM_NORMAL};
    return sentencepiece_model_add(r->model, piece, strlen(piece), what, r->path, r->arena, r->err);
}

/* Where the model falls back on bytes, their pieces stand for nothing else. */
static void mark_bytes(SentencepieceModel *model)
{
    for (unsigned b = 0; model->unigram.has_bytes && b < 256; b++) {
        static const char digits[] = "0123456789ABCDEF";
        const char token[] = {'<', '0', 'x', digits[b / 16], digits[b % 16], '>', '\0'};
        const int id = vocabulary_find(model->vocabulary, token, sizeof token - 1);
        if (id >= 0 && model->pieces[id].type == UNIGRAM_NORMAL)
            model->pieces[id].type = UNIGRAM_BYTE;
    }
}

static bool read_pieces(const Reading *r, const Json *model)
{
    const Json *list = json_get(model, "vocab");
    int64_t unknown;
    if (!list || json_type(list) != JSON_LIST_VALUE)
        return error_set(r->err, "%s: $.model.vocab: is no list", r->path);
    if (!tokenizer_json_integer(&unknown, model, "unk_id", -1, r->path, r->err) ||
        !tokenizer_json_bool(&r->model->unigram.has_bytes, model, "byte_fallback", false, r->path,
                             r->err))
        return false;
    for (size_t i = 0; i < json_size(list); i++)
        if (!add_piece(r, json_at(list, i), unknown)) return false;
    mark_bytes(r->model);
    return true;
}

/* Those behind the model's own pieces are new. */
static bool mark_added(void *context, int id, bool is_special, Error *err)
{
    const Reading *r = context;
    SentencepieceModel *model = r->model;
    if (id + 1 == (int)model->vocabulary->n) {
        UnigramPiece *pieces = arena_grow(r->arena, model->pieces, (size_t)id, &model->room,
                                          sizeof *model->pieces, err);
        if (!pieces) return false;
        model->pieces = pieces;
    }
    UnigramType *type = &model->pieces[id].type;
    if (!*type) *type = UNIGRAM_CONTROL;
    if (is_special && *type == UNIGRAM_NORMAL) *type = UNIGRAM_CONTROL;
    return true;
}

/* --- how text is cut ------------------------------------------------------------------------------- */

static bool read_map(const Reading *r, const Json *normalizer)
{
    const char *text = json_get_text(normalizer, "precompiled_charsmap");
    Buffer bytes = buffer_create(r->arena);
    if (!text) return refuse(r, "normalizer without precompiled_charsmap", normalizer);
    return (base64_decode(&bytes, text, strlen(text), r->err) &&
            charsmap_read(&r->model->words.map, bytes.data, bytes.size, r->arena, r->err)) ||
           error_wrap(r->err, "reading the character map of '%s'", r->path);
}

/* Runs of spaces, made one space or one U+2581. */
static bool read_replace(const Reading *r, const Json *normalizer)
{
    const Json *pattern = json_get(normalizer, "pattern");
    const bool is_object = pattern && json_type(pattern) == JSON_OBJECT_VALUE;
    const char *regex = is_object ? json_get_text(pattern, "Regex") : NULL,
               *content = json_get_text(normalizer, "content");
    if (!regex || strcmp(regex, " {2,}") != 0 || !content ||
        (strcmp(content, " ") != 0 && strcmp(content, SENTENCEPIECE_SPACE) != 0))
        return refuse(r, "normalizer", normalizer);
    r->model->words.remove_spaces = true;
    return true;
}

static bool read_strip(const Reading *r, const Json *normalizer)
{
    SentencepieceWords *words = &r->model->words;
    return tokenizer_json_bool(&words->strip_left, normalizer, "strip_left", true, r->path,
                               r->err) &&
           tokenizer_json_bool(&words->strip_right, normalizer, "strip_right", true, r->path,
                               r->err);
}

typedef bool ReadStep(const Reading *r, const Json *step);
typedef struct Step {
    const char *type;
    ReadStep *read;
} Step;

static bool read_split(const Reading *r, const Json *step)
{
    (void)step;
    r->model->words.split_spaces = true;
    return true;
}

/* Before every stretch ("always"; older files: add_prefix_space), or before none. */
static bool read_metaspace(const Reading *r, const Json *step)
{
    SentencepieceWords *words = &r->model->words;
    const char *scheme = json_get_text(step, "prepend_scheme"),
               *replacement = json_get_text(step, "replacement");
    if (replacement && strcmp(replacement, SENTENCEPIECE_SPACE) != 0)
        return error_set(r->err, "%s: Metaspace writes spaces as '%s', not as U+2581", r->path,
                         replacement);
    if (!tokenizer_json_bool(&words->add_prefix, step, "add_prefix_space", true, r->path, r->err) ||
        !tokenizer_json_bool(&words->split_words, step, "split", true, r->path, r->err))
        return false;
    if (!scheme) return true;
    words->add_prefix = !strcmp(scheme, "always");
    return words->add_prefix || !strcmp(scheme, "never") ||
           error_set(r->err, "%s: Metaspace with prepend_scheme '%s' is not read", r->path, scheme);
}

/* In the order in which they are done here. */
static const Step normalizer_steps[] = {
    {"Precompiled", read_map}, {"Strip", read_strip}, {"Replace", read_replace}, {NULL, NULL}};
static const Step cutting_steps[] = {
    {"WhitespaceSplit", read_split}, {"Metaspace", read_metaspace}, {NULL, NULL}};

/* One step of those from *next on, which moves behind it. */
static bool read_step(const Reading *r, const Step *steps, size_t *next, const char *what,
                      const Json *step)
{
    const char *type = tokenizer_json_type(step);
    size_t i = *next;
    while (steps[i].type && strcmp(type, steps[i].type) != 0) i++;
    if (!steps[i].type) return refuse(r, what, step);
    *next = i + 1;
    return steps[i].read(r, step);
}

/* A step, or a Sequence of them under `key`; nothing: none. */
static bool read_steps(const Reading *r, const Step *steps, const char *what, const char *key,
                       const Json *whole)
{
    const Json *step = json_get(whole, what);
    size_t next = 0;
    if (!step || json_type(step) == JSON_NULL_VALUE) return true;
    if (strcmp(tokenizer_json_type(step), "Sequence") != 0)
        return read_step(r, steps, &next, what, step);
    const Json *list = json_get(step, key);
    if (!list || json_type(list) != JSON_LIST_VALUE)
        return error_set(r->err, "%s: $.%s.%s: is no list", r->path, what, key);
    for (size_t i = 0; i < json_size(list); i++)
        if (!read_step(r, steps, &next, what, json_at(list, i))) return false;
    return true;
}

bool sentencepiece_json_read(SentencepieceModel *model, const char *bytes, size_t size,
                             const char *path, Arena *arena, Error *err)
{
    Reading reading = {model, path, arena, err};
    const Json *whole = json_parse_text(bytes, size, path, arena, err);
    const Json *unigram = whole ? tokenizer_json_model(whole, "Unigram", path, err) : NULL;
    model->is_library = true;
    return unigram && read_pieces(&reading, unigram) &&
           tokenizer_json_add_tokens(model->vocabulary, whole, path, mark_added, &reading, err) &&
           read_steps(&reading, normalizer_steps, "normalizer", "normalizers", whole) &&
           read_steps(&reading, cutting_steps, "pre_tokenizer", "pretokenizers", whole);
}
