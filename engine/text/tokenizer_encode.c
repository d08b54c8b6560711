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
    if (buffer->ids) memcpy(ids, buffer->ids, buffer->n * sizeof *ids);
    buffer->ids = ids;
    buffer->room = room;
    return true;
}

static bool add_word(IdBuffer *ids, const Tokenizer *tokenizer, const char *word, size_t size,
                     Normalizer *normalizer, Arena *arena, Error *err)
{
    size_t n;
    if (!make_room(ids, size, arena, err) ||
        !tokenizer->method->encode_word(ids->ids + ids->n, &n, tokenizer->state, word, size,
                                        normalizer->scratch, err))
        return false;
    ids->n += n;
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
        const size_t offset = cached->n;
        if (!add_word(cached, e->tokenizer, word, size, &worker->normalizer, worker->arena,
                      &worker->err))
            return NULL;
        entry->value = (uint64_t)offset << 8 | (cached->n - offset);
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
            if (!add_word(output, e->tokenizer, word, size, &worker->normalizer, worker->arena,
                          &worker->err))
                return false;
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

/* The id of a newline, where that is a word; false: failed. */
static bool find_newline(int *newline, size_t *n, const Tokenizer *tokenizer, Arena *scratch,
                         Error *err)
{
    *n = 0;
    return !tokenizer->rules->has_newlines ||
           tokenizer->method->encode_word(newline, n, tokenizer->state, "\n", 1, scratch, err);
}

/* All pieces end to end, with a newline between those of one document. */
static bool join_pieces(TokenList *tokens, size_t *offset, const Encoding *e, size_t n_documents,
                        Arena *arena, Arena *scratch, Error *err)
{
    int newline;
    size_t n_newline, most = 0;
    if (!find_newline(&newline, &n_newline, e->tokenizer, scratch, err)) return false;
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
    if (!pieces_cut(&e.pieces, &e.n_pieces, documents, tokenizer->rules, scratch, err))
        return false;
    if (!workers_create(&e.workers, tokenizer->rules, scratch, err)) return false;
    size_t n_workers = (size_t)e.workers.n;
    e.piece_tokens = arena_alloc(scratch, e.n_pieces, sizeof *e.piece_tokens, err);
    e.cached = e.piece_tokens ? arena_alloc(scratch, n_workers, sizeof *e.cached, err) : NULL;
    e.output = e.cached ? arena_alloc(scratch, n_workers, sizeof *e.output, err) : NULL;
    return e.output &&
           workers_run(&e.workers, e.pieces, e.n_pieces, encode_piece, &e, "encoding text", err) &&
           join_pieces(tokens, offset, &e, documents->n, arena, scratch, err);
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

static bool encode_words(IdBuffer *ids, const Tokenizer *tokenizer, Normalizer *normalizer,
                         Arena *arena, Error *err)
{
    const char *word;
    size_t size, at = 0;
    if (!make_room(ids, normalizer->words.size, arena, err)) return false;
    while (normalizer_next_word(normalizer, &at, &word, &size))
        if (!add_word(ids, tokenizer, word, size, normalizer, arena, err)) return false;
    return true;
}

/* In the pieces that documents are cut into as well: what is added up along a text ends with them. */
static bool encode_text(IdBuffer *ids, const Tokenizer *tokenizer, const Document *text,
                        Normalizer *normalizer, Arena *arena, Error *err)
{
    Piece *pieces;
    size_t n_pieces;
    const Documents documents = {1, (Document[]){*text}};
    if (!pieces_cut(&pieces, &n_pieces, &documents, tokenizer->rules, normalizer->scratch, err))
        return false;
    for (size_t i = 0; i < n_pieces; i++) {
        if (ids->n > 0 && tokenizer->rules->has_newlines &&
            !add_word(ids, tokenizer, "\n", 1, normalizer, arena, err))
            return false;
        if (!normalizer_run(normalizer, pieces[i].text, pieces[i].size, pieces[i].evidence, err) ||
            !encode_words(ids, tokenizer, normalizer, arena, err))
            return false;
    }
    return make_room(ids, 1, arena, err); /* so that there is a list */
}

/* One text takes the calling thread alone, and shows no progress. */
bool tokenizer_encode(TokenList *tokens, const Tokenizer *tokenizer, const char *text, size_t size,
                      Arena *arena, Error *err)
{
    IdBuffer ids = {0};
    Arena *buffers = arena_create("text buffers", err);
    Arena *scratch = buffers ? arena_create("encoding", err) : NULL;
    Normalizer normalizer = normalizer_create(tokenizer->rules, buffers, scratch);
    const Document document = {"text", text, size};
    const bool encoded =
        scratch && encode_text(&ids, tokenizer, &document, &normalizer, arena, err);
    *tokens = (TokenList){ids.n, ids.ids};
    arena_destroy(scratch);
    arena_destroy(buffers);
    return encoded;
}
