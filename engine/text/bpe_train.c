#include "text/bpe_train.h"

#include <string.h>
#include "base/interrupt.h"
#include "base/progress.h"
#include "text/bpe.h"
#include "text/pair_queue.h"
#include "text/pair_table.h"
#include "text/unicode.h"

enum { N_CHARACTERS = 0x110000, NO_OCCURRENCE = 0, WORDS_A_LOOK = 4096 };

/* What is known of a pair. */
typedef struct PairState {
    uint64_t count;      /* occurrences now, weighted */
    uint32_t occurrence; /* head of its list of words, in `occurrences`; NO_OCCURRENCE: none */
    uint32_t changed_by; /* the merge that last made it more frequent, counting from 1 */
} PairState;

/* A word that holds or once held a pair; lists never shrink. */
typedef struct Occurrence {
    uint32_t word, next;
} Occurrence;

typedef struct Trainer {
    const WordCounts *words;
    int *ids;         /* symbols of all words, end to end */
    size_t *first;    /* by word: where its symbols begin */
    uint32_t *length; /* by word: how many there are now */
    PairTable pairs;
    PairState *states; /* by pair index */
    size_t n_states;   /* room */
    Occurrence *occurrences;
    size_t n_occurrences, room_occurrences;
    int64_t *changed; /* pairs that the current merge made more frequent */
    size_t n_changed, room_changed;
    PairQueue queue;
    Vocabulary *vocabulary;
    Arena *arena;
} Trainer;

/* Room for at least `n` elements, in twice the memory. */
static bool make_room(void **items, size_t *room, size_t n, size_t size, Arena *arena, Error *err)
{
    if (n <= *room) return true;
    size_t more = *room * 2 > n ? *room * 2 : n + 1024;
    void *moved = arena_alloc(arena, more, size, err);
    if (!moved) return false;
    if (*room > 0) memcpy(moved, *items, *room * size);
    *items = moved;
    *room = more;
    return true;
}

/* --- the first symbols ------------------------------------------------------------------------- */

static bool add_character(Vocabulary *vocabulary, uint32_t character, const char *end, Error *err)
{
    char token[UNICODE_MAX_BYTES + sizeof VOCABULARY_WORD_END];
    size_t size = (size_t)unicode_encode(token, character);
    memcpy(token + size, end, strlen(end));
    return vocabulary_add(vocabulary, token, size + strlen(end), err) >= 0;
}

static bool is_always_known(uint32_t c)
{
    return c > ' ' && c < 0x7F && !(c >= 'A' && c <= 'Z');
}

static bool add_characters(Vocabulary *vocabulary, const WordCounts *words, Arena *scratch,
                           Error *err)
{
    uint64_t *count = arena_alloc(scratch, N_CHARACTERS, sizeof *count, err);
    if (!count) return false;
    for (size_t w = 0; w < words->n; w++) {
        const WordCount *word = &words->items[w];
        for (size_t at = 0; at < word->size;) {
            uint32_t character;
            at += (size_t)unicode_decode(&character, word->word + at, word->size - at);
            count[character] += word->count;
        }
    }
    if (vocabulary_add(vocabulary, VOCABULARY_UNKNOWN, sizeof VOCABULARY_UNKNOWN - 1, err) < 0)
        return false;
    static const char *const ends[] = {"", VOCABULARY_WORD_END};
    for (int e = 0; e < 2; e++)
        for (uint32_t c = ' ' + 1; c < N_CHARACTERS; c++)
            if (is_always_known(c) || count[c] >= BPE_TRAIN_CHARACTER_COUNT)
                if (!add_character(vocabulary, c, ends[e], err)) return false;
    return add_character(vocabulary, '\n', VOCABULARY_WORD_END, err);
}

static int find_symbol(const void *vocabulary, const char *symbol, size_t size)
{
    int id = vocabulary_find(vocabulary, symbol, size);
    return id < 0 ? BPE_UNKNOWN : id;
}

/* --- counts and occurrences -------------------------------------------------------------------- */

/* The index of the pair, with room for its state. Pairs with an unknown symbol are PAIR_NONE. */
static bool find_pair(int64_t *index, Trainer *t, int left, int right, Error *err)
{
    *index = PAIR_NONE;
    if (left == BPE_UNKNOWN || right == BPE_UNKNOWN) return true;
    *index = pair_table_add(&t->pairs, left, right, err);
    return *index != PAIR_NONE && make_room((void **)&t->states, &t->n_states, t->pairs.n,
                                            sizeof *t->states, t->arena, err);
}

/* Counts a pair that came to be in a word. */
static bool add_pair(Trainer *t, size_t word, int left, int right, uint32_t merge, Error *err)
{
    int64_t index;
    if (!find_pair(&index, t, left, right, err)) return false;
    if (index == PAIR_NONE) return true;
    PairState *state = &t->states[index];
    state->count += t->words->items[word].count;
    if (state->changed_by != merge) {
        state->changed_by = merge;
        if (!make_room((void **)&t->changed, &t->room_changed, t->n_changed + 1, sizeof *t->changed,
                       t->arena, err))
            return false;
        t->changed[t->n_changed++] = index;
    }
    if (state->occurrence && t->occurrences[state->occurrence].word == word) return true;
    if (t->n_occurrences == UINT32_MAX)
        return error_set(err, "too many different words to train on");
    if (!make_room((void **)&t->occurrences, &t->room_occurrences, t->n_occurrences + 1,
                   sizeof *t->occurrences, t->arena, err))
        return false;
    t->occurrences[t->n_occurrences] = (Occurrence){(uint32_t)word, state->occurrence};
    state->occurrence = (uint32_t)t->n_occurrences++;
    return true;
}

/* Puts the pairs that became more frequent into the queue. */
static bool queue_changed(Trainer *t, Error *err)
{
    for (size_t i = 0; i < t->n_changed; i++) {
        int64_t index = t->changed[i];
        uint64_t pair = t->pairs.pairs[index];
        QueuedPair queued = {t->states[index].count, (int)(pair >> 32), (int)(uint32_t)pair, index};
        if (!pair_queue_put(&t->queue, queued, err)) return false;
    }
    t->n_changed = 0;
    return true;
}

static bool begin_training(Trainer *t, Error *err)
{
    const WordCounts *words = t->words;
    size_t n_bytes = 0;
    for (size_t w = 0; w < words->n; w++) n_bytes += words->items[w].size;
    t->ids = arena_alloc(t->arena, n_bytes, sizeof *t->ids, err);
    t->first = t->ids ? arena_alloc(t->arena, words->n, sizeof *t->first, err) : NULL;
    t->length = t->first ? arena_alloc(t->arena, words->n, sizeof *t->length, err) : NULL;
    if (!t->length) return false;
    t->n_occurrences = 1; /* 0 is NO_OCCURRENCE */
    size_t used = 0;
    for (size_t w = 0; w < words->n; w++) {
        if (w % WORDS_A_LOOK == 0 && !interrupt_check(err)) return false;
        int *ids = t->ids + used;
        size_t n = bpe_first_symbols(ids, words->items[w].word, words->items[w].size, find_symbol,
                                     t->vocabulary);
        t->first[w] = used;
        t->length[w] = (uint32_t)n;
        used += n;
        for (size_t i = 0; i + 1 < n; i++)
            if (!add_pair(t, w, ids[i], ids[i + 1], UINT32_MAX, err)) return false;
    }
    return queue_changed(t, err);
}

/* --- merging ----------------------------------------------------------------------------------- */

/* Joins the pair in one word. Old pairs are taken off the counts and new ones added; pairs that the
 * merge does not touch come out even, so only those with the joined symbol are looked at again. */
static bool join_in_word(Trainer *t, size_t word, const QueuedPair *pair, int joined,
                         uint32_t merge, Error *err)
{
    int *ids = t->ids + t->first[word];
    size_t n = t->length[word];
    uint64_t count = t->words->items[word].count;
    bool present = false;
    for (size_t i = 0; i + 1 < n && !present; i++)
        present = ids[i] == pair->left && ids[i + 1] == pair->right;
    if (!present) return true;
    for (size_t i = 0; i + 1 < n; i++) {
        int64_t index = pair_table_find(&t->pairs, ids[i], ids[i + 1]);
        if (index != PAIR_NONE) t->states[index].count -= count;
    }
    n = bpe_join(ids, n, pair->left, pair->right, joined);
    t->length[word] = (uint32_t)n;
    for (size_t i = 0; i + 1 < n; i++) {
        if (ids[i] == joined || ids[i + 1] == joined) {
            if (!add_pair(t, word, ids[i], ids[i + 1], merge, err)) return false;
            continue;
        }
        int64_t index = pair_table_find(&t->pairs, ids[i], ids[i + 1]);
        if (index != PAIR_NONE) t->states[index].count += count;
    }
    return true;
}

/* The most frequent pair whose count is true; false: none occurs twice. */
static bool take_best(QueuedPair *best, Trainer *t, Error *err)
{
    while (pair_queue_take(&t->queue, best)) {
        uint64_t count = t->states[best->index].count;
        if (best->count == count) return count >= 2;
        if (best->count < count) continue; /* it stands in the queue with the larger count, too */
        best->count = count;
        if (count >= 2 && !pair_queue_put(&t->queue, *best, err)) return false;
    }
    return false;
}

/* Records the merge and joins the pair in all words. */
static bool merge_pair(Trainer *t, Buffer *merges, const QueuedPair *pair, uint32_t merge,
                       Error *err)
{
    const char *left = t->vocabulary->token[pair->left], *right = t->vocabulary->token[pair->right];
    char token[BPE_LONGEST_TOKEN];
    size_t n_left = strlen(left), n_right = strlen(right);
    memcpy(token, left, n_left);
    memcpy(token + n_left, right, n_right);
    int joined = vocabulary_add(t->vocabulary, token, n_left + n_right, err);
    if (joined < 0 || !buffer_format(merges, err, "%s %s\n", left, right)) return false;
    for (uint32_t at = t->states[pair->index].occurrence; at; at = t->occurrences[at].next)
        if (!join_in_word(t, t->occurrences[at].word, pair, joined, merge, err)) return false;
    return queue_changed(t, err);
}

static bool is_too_long(const Trainer *t, const QueuedPair *pair)
{
    return strlen(t->vocabulary->token[pair->left]) + strlen(t->vocabulary->token[pair->right]) >
           BPE_LONGEST_TOKEN;
}

bool bpe_train_merges(Vocabulary *vocabulary, Buffer *merges, size_t *n_learnt,
                      const WordCounts *words, size_t n_merges, Arena *scratch, Error *err)
{
    if (words->n >= UINT32_MAX) return error_set(err, "too many different words to train on");
    if (!add_characters(vocabulary, words, scratch, err)) return false;
    Trainer t = {.words = words,
                 .pairs = pair_table_create(scratch),
                 .vocabulary = vocabulary,
                 .queue = pair_queue_create(scratch),
                 .arena = scratch};
    if (!begin_training(&t, err)) return false;
    Progress progress;
    progress_begin(&progress, "merges", (double)n_merges, 0, "learning merges");
    *n_learnt = 0;
    QueuedPair best;
    while (*n_learnt < n_merges && take_best(&best, &t, err)) {
        if (is_too_long(&t, &best)) continue;
        if (!merge_pair(&t, merges, &best, (uint32_t)(*n_learnt + 1), err)) return false;
        *n_learnt += 1;
        progress_report(&progress, (double)*n_learnt);
        if (!interrupt_check(err)) return error_wrap(err, "learning merges");
    }
    progress_end(&progress);
    return err->kind == ERROR_NONE;
}
