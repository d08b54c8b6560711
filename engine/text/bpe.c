#include "text/bpe.h"

#include <string.h>

#include "base/encoding.h"
#include "base/file.h"
#include "text/pair_table.h"
#include "text/unicode.h"

struct Bpe {
    const Vocabulary *vocabulary;
    PairTable pairs;
    uint32_t *rank; /* by pair index: the line of the merge */
    int *joined;    /* by pair index: the id of the result */
};

/* Controls, such as the CR of other systems' line ends, are in no merge. */
static bool check_text(const char *line, size_t size, Error *err)
{
    for (size_t at = 0; at < size; at++)
        if ((unsigned char)line[at] < ' ')
            return error_set(err, "byte %zu of the line is the control 0x%02X%s", at + 1, line[at],
                             line[at] == '\r' ? ": lines end with a newline alone" : "");
    return true;
}

/* One line "left right"; false with an error when it is none, or names an unknown token. */
static bool read_merge(Bpe *bpe, const char *line, size_t size, uint32_t rank, Error *err)
{
    if (!check_text(line, size, err)) return false;
    const char *space = memchr(line, ' ', size);
    size_t n_left = space ? (size_t)(space - line) : 0;
    size_t n_right = space ? size - n_left - 1 : 0;
    if (n_left == 0 || n_right == 0 || memchr(space + 1, ' ', n_right))
        return error_set(err, "expected two symbols with one space between, found '%.*s'",
                         (int)size, line);
    char symbol[BPE_LONGEST_TOKEN];
    if (size > sizeof symbol)
        return error_set(err, "it is a merge of more than %zu bytes", sizeof symbol);
    memcpy(symbol, line, n_left);
    memcpy(symbol + n_left, space + 1, n_right);
    int left = vocabulary_find(bpe->vocabulary, line, n_left);
    int right = vocabulary_find(bpe->vocabulary, space + 1, n_right);
    int joined = vocabulary_find(bpe->vocabulary, symbol, n_left + n_right);
    if (left < 0 || right < 0 || joined < 0)
        return error_set(err, "the vocabulary lacks '%.*s' or a part of it", (int)(size - 1),
                         symbol);
    int64_t index = pair_table_add(&bpe->pairs, left, right, err);
    if (index == PAIR_NONE) return false;
    bpe->rank[index] = rank; /* of two equal lines the last counts, as in the original code */
    bpe->joined[index] = joined;
    return true;
}

static size_t count_lines(const char *text, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++) n += text[i] == '\n';
    return n;
}

static bool read_text(const char **text, size_t *size, const char *path, Arena *arena, Error *err)
{
    char *bytes;
    if (!file_read(&bytes, size, path, arena, err)) return false;
    *text = bytes;
    if (!encoding_decode(text, size, ENCODING_UTF8, path, arena, err)) return false;
    if (strncmp(*text, "\xEF\xBB\xBF", 3) != 0) return true;
    error_usage(err, "%s:1: byte 0 of the file begins a byte order mark, which no merges have",
                path);
    return error_hint(err, "take its three bytes away");
}

Bpe *bpe_read(const char *path, const Vocabulary *vocabulary, Arena *arena, Error *err)
{
    const char *text;
    size_t size;
    if (!read_text(&text, &size, path, arena, err)) return NULL;
    if (size == 0 || strncmp(text, "#version", 8) != 0 || text[size - 1] != '\n') {
        error_set(err,
                  "%s: not a file of merges: it begins with '#version' and ends with a newline",
                  path);
        return NULL;
    }
    size_t n_lines = count_lines(text, size);
    Bpe *bpe = arena_alloc(arena, 1, sizeof *bpe, err);
    if (!bpe) return NULL;
    bpe->vocabulary = vocabulary;
    bpe->pairs = pair_table_create(arena);
    bpe->rank = arena_alloc(arena, n_lines, sizeof *bpe->rank, err);
    bpe->joined = bpe->rank ? arena_alloc(arena, n_lines, sizeof *bpe->joined, err) : NULL;
    if (!bpe->joined) return NULL;
    const char *line = (const char *)memchr(text, '\n', size) + 1;
    for (uint32_t rank = 0; rank + 1 < n_lines; rank++) {
        const char *end = memchr(line, '\n', size - (size_t)(line - text));
        if (!read_merge(bpe, line, (size_t)(end - line), rank, err)) {
            error_wrap(err, "reading %s:%u", path, rank + 2);
            return NULL;
        }
        line = end + 1;
    }
    return bpe;
}

size_t bpe_first_symbols(int *ids, const char *word, size_t size, BpeFindSymbol *find,
                         const void *context)
{
    const size_t n_end = sizeof VOCABULARY_WORD_END - 1;
    size_t n = 0;
    for (size_t at = 0; at < size;) {
        uint32_t character;
        size_t length = (size_t)unicode_decode(&character, word + at, size - at);
        char symbol[UNICODE_MAX_BYTES + sizeof VOCABULARY_WORD_END];
        memcpy(symbol, word + at, length);
        memcpy(symbol + length, VOCABULARY_WORD_END, n_end);
        at += length;
        ids[n++] = find(context, symbol, length + (at == size ? n_end : 0));
    }
    return n;
}

static int find_symbol(const void *vocabulary, const char *symbol, size_t size)
{
    int id = vocabulary_find(vocabulary, symbol, size);
    return id < 0 ? BPE_UNKNOWN : id;
}

size_t bpe_join(int *ids, size_t n, int left, int right, int joined)
{
    size_t kept = 0;
    for (size_t at = 0; at < n; kept++) {
        bool here = ids[at] == left && at + 1 < n && ids[at + 1] == right;
        ids[kept] = here ? joined : ids[at];
        at += here ? 2 : 1;
    }
    return kept;
}

size_t bpe_encode_word(int *ids, const Bpe *bpe, const char *word, size_t size)
{
    size_t n = bpe_first_symbols(ids, word, size, find_symbol, bpe->vocabulary);
    while (n > 1) {
        int64_t best = PAIR_NONE;
        int left = 0, right = 0;
        for (size_t i = 0; i + 1 < n; i++) {
            int64_t index = pair_table_find(&bpe->pairs, ids[i], ids[i + 1]);
            if (index == PAIR_NONE || (best != PAIR_NONE && bpe->rank[index] >= bpe->rank[best]))
                continue;
            best = index;
            left = ids[i];
            right = ids[i + 1];
        }
        if (best == PAIR_NONE) break;
        n = bpe_join(ids, n, left, right, bpe->joined[best]);
    }
    return n;
}
