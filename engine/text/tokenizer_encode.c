#include "text/tokenizer.h"

#include <string.h>
#include "text/tokenizer_state.h"
#include "text/workers.h"

/* A worker keeps the ids of this many words, none of them longer; others are encoded each time. */
enum { MOST_CACHED_WORDS = 1 << 20, LONGEST_CACHED_WORD = 255 };

/* A growing list of ids. */
typedef struct IdBuffer {
    int *ids;
    size_t n, room;
} IdBuffer;

typedef struct Encoding {
    const Tokenizer *tokenizer;
    Workers workers;
    Piece *pieces;
    size_t n_pieces;
    TokenList *piece_tokens; /* by piece; in the arenas of the workers */
    IdBuffer *cached;        /* by worker: the ids of the words in its table, end to end */
    IdBuffer *output;        /* by worker: the ids of the piece at hand */
} Encoding;

static bool make_room(IdBuffer *buffer, size_t more, Arena *arena, Error *err)
{
    if (buffer->room - buffer->n >= more) return true;
    size_t room = buffer->room * 2 > buffer->n + more ? buffer->room * 2 : buffer->n + more + 1024;
    int *ids = arena_alloc(arena, room, sizeof *ids, err);
    if (!ids) return false;
    if (buffer->n > 0) memcpy(ids, buffer->ids, buffer->n * sizeof *ids);
    buffer->ids = ids;
    buffer->room = room;
    return true;
}

/* The cached ids of a word, encoded on first sight. An entry's value is offset << 8 | how many. */
static const int *find_cached(size_t *n, const Encoding *e, Worker *worker, IdBuffer *cached,
                              const char *word, size_t size)
{
    size_t n_before = worker->table.n;
    WordEntry *entry = word_table_add(&worker->table, word, size, &worker->err);
    if (!entry) return NULL;
    if (worker->table.n > n_before) {
        if (!make_room(cached, size, worker->arena, &worker->err)) return NULL;
        size_t n_ids = e->tokenizer->method->encode_word(cached->ids + cached->n,
                                                         e->tokenizer->state, word, size);
        entry->value = (uint64_t)cached->n << 8 | n_ids;
        cached->n += n_ids;
    }
    *n = entry->value & 0xFF;
    return cached->ids + (entry->value >> 8);
}

static bool encode_piece(void *context, Worker *worker, size_t index)
{
    Encoding *e = context;
    IdBuffer *cached = &e->cached[worker - e->workers.items];
    IdBuffer *output = &e->output[worker - e->workers.items];
    output->n = 0;
    if (!make_room(output, worker->normalizer.words.size, worker->arena, &worker->err))
        return false;
    const char *word;
    size_t size, at = 0;
    while (normalizer_next_word(&worker->normalizer, &at, &word, &size)) {
        if (size > LONGEST_CACHED_WORD || worker->table.n >= MOST_CACHED_WORDS) {
            output->n += e->tokenizer->method->encode_word(output->ids + output->n,
                                                           e->tokenizer->state, word, size);
            continue;
        }
        size_t n;
        const int *ids = find_cached(&n, e, worker, cached, word, size);
        if (!ids) return false;
        memcpy(output->ids + output->n, ids, n * sizeof *ids);
        output->n += n;
    }
    TokenList *result = &e->piece_tokens[index];
    result->n = output->n;
    result->ids = arena_alloc(worker->arena, output->n, sizeof *result->ids, &worker->err);
    if (!result->ids) return false;
    if (output->n > 0) memcpy(result->ids, output->ids, output->n * sizeof *result->ids);
    return true;
}

/* All pieces end to end, with a newline between those of one document. */
static bool join_pieces(TokenList *tokens, size_t *offset, const Encoding *e, size_t n_documents,
                        Arena *arena, Error *err)
{
    int newline;
    size_t n_newline = e->tokenizer->method->encode_word(&newline, e->tokenizer->state, "\n", 1);
    size_t most = 0;
    for (size_t i = 0; i < e->n_pieces; i++) most += e->piece_tokens[i].n + n_newline;
    tokens->ids = arena_alloc(arena, most, sizeof *tokens->ids, err);
    if (!tokens->ids) return false;
    tokens->n = 0;
    for (size_t i = 0; i < e->n_pieces; i++) {
        const Piece *piece = &e->pieces[i];
        const TokenList *part = &e->piece_tokens[i];
        if (piece->is_first) offset[piece->document] = tokens->n;
        bool follows_words = tokens->n > offset[piece->document];
        if (follows_words && n_newline > 0) tokens->ids[tokens->n++] = newline;
        if (part->n > 0) memcpy(tokens->ids + tokens->n, part->ids, part->n * sizeof *part->ids);
        tokens->n += part->n;
    }
    offset[n_documents] = tokens->n;
    return true;
}

static bool encode_all(TokenList *tokens, size_t *offset, const Tokenizer *tokenizer,
                       const Documents *documents, Arena *arena, Arena *scratch, Error *err)
{
    Encoding e = {.tokenizer = tokenizer};
    if (!pieces_cut(&e.pieces, &e.n_pieces, documents, scratch, err)) return false;
    if (!workers_create(&e.workers, tokenizer->method->rules, scratch, err)) return false;
    size_t n_workers = (size_t)e.workers.n;
    e.piece_tokens = arena_alloc(scratch, e.n_pieces, sizeof *e.piece_tokens, err);
    e.cached = e.piece_tokens ? arena_alloc(scratch, n_workers, sizeof *e.cached, err) : NULL;
    e.output = e.cached ? arena_alloc(scratch, n_workers, sizeof *e.output, err) : NULL;
    return e.output &&
           workers_run(&e.workers, e.pieces, e.n_pieces, encode_piece, &e, "encoding text", err) &&
           join_pieces(tokens, offset, &e, documents->n, arena, err);
}

bool tokenizer_encode_documents(TokenList *tokens, size_t **offset, const Tokenizer *tokenizer,
                                const Documents *documents, Arena *arena, Error *err)
{
    *offset = arena_alloc(arena, documents->n + 1, sizeof **offset, err);
    if (!*offset) return false;
    Arena *scratch = arena_create("encoding", err);
    if (!scratch) return false;
    bool encoded = encode_all(tokens, *offset, tokenizer, documents, arena, scratch, err);
    arena_destroy(scratch);
    return encoded;
}

/* One text takes the calling thread alone, and shows no progress. */
bool tokenizer_encode(TokenList *tokens, const Tokenizer *tokenizer, const char *text, size_t size,
                      Arena *arena, Error *err)
{
    Arena *buffers = arena_create("text buffers", err);
    Arena *scratch = buffers ? arena_create("encoding", err) : NULL;
    Normalizer normalizer = normalizer_create(tokenizer->method->rules, buffers, scratch);
    bool encoded =
        scratch && normalizer_run(&normalizer, text, size, cleanup_examine(text, size), err);
    tokens->n = 0;
    tokens->ids =
        encoded ? arena_alloc(arena, normalizer.words.size, sizeof *tokens->ids, err) : NULL;
    const char *word;
    size_t n_bytes, at = 0;
    while (tokens->ids && normalizer_next_word(&normalizer, &at, &word, &n_bytes))
        tokens->n += tokenizer->method->encode_word(tokens->ids + tokens->n, tokenizer->state, word,
                                                    n_bytes);
    arena_destroy(scratch);
    arena_destroy(buffers);
    return tokens->ids != NULL;
}
