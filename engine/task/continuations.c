#include "task/continuations.h"

#include <string.h>

#include "base/interrupt.h"
#include "base/size.h"

enum { MOST_PARTS = 4 };

/* One text before memory for it exists: parts end to end, the last of them scored, or another. */
typedef struct Parts {
    int n;
    TokenList part[MOST_PARTS];
    int n_behind; /* parts behind the one that is scored */
} Parts;

/* What all examples share. */
typedef struct Shared {
    DatasetHeuristic heuristic;
    TokenList newline, suffix; /* empty: none */
    TokenList *words;          /* one a label */
    int n_words;
} Shared;

static bool encode(TokenList *tokens, const char *text, const Tokenizer *tokenizer, Arena *arena,
                   Error *err)
{
    return tokenizer_encode(tokens, tokenizer, text, strlen(text), arena, err);
}

static bool encode_shared(Shared *shared, const DatasetInfo *info, const Tokenizer *tokenizer,
                          Arena *arena, Error *err)
{
    const DatasetZeroShot *how = &info->zero_shot;
    *shared = (Shared){.heuristic = how->heuristic,
                       .newline = {1, arena_alloc(arena, 1, sizeof(int), err)}};
    if (!shared->newline.ids) return false;
    shared->newline.ids[0] = tokenizer_find(tokenizer, "\n</w>");
    if (shared->newline.ids[0] < 0) shared->newline.n = 0; /* not a vocabulary of ours */
    if (how->heuristic != HEURISTIC_WORDS) return true;
    shared->n_words = info->n_labels;
    shared->words = arena_alloc(arena, (size_t)info->n_labels, sizeof(TokenList), err);
    if (!shared->words) return false;
    if (how->suffix && !encode(&shared->suffix, how->suffix, tokenizer, arena, err)) return false;
    for (int k = 0; k < info->n_labels; k++)
        if (!encode(&shared->words[k], how->words[k], tokenizer, arena, err)) return false;
    return true;
}

static int texts_of(const Example *example, const Shared *shared)
{
    switch (shared->heuristic) {
    case HEURISTIC_WORDS: return shared->n_words;
    case HEURISTIC_CHOICE: return example->n_texts - 1;
    case HEURISTIC_WINOGRAD:
    case HEURISTIC_CLOZE: return example->n_texts - 2;
    case HEURISTIC_MINIMAL_PAIRS: return example->n_texts;
    default: return 1;
    }
}

/* Text k of an example whose own texts are encoded in `text`. */
static Parts parts_of(const TokenList *text, const Shared *shared, int k)
{
    const TokenList newline = shared->newline;
    switch (shared->heuristic) {
    case HEURISTIC_WORDS:
        return (Parts){4, {newline, text[0], shared->suffix, shared->words[k]}, 0};
    case HEURISTIC_CHOICE: return (Parts){3, {newline, text[0], text[k + 1]}, 0};
    case HEURISTIC_WINOGRAD: return (Parts){4, {newline, text[0], text[k + 2], text[1]}, 0};
    case HEURISTIC_CLOZE: return (Parts){4, {newline, text[0], text[k + 2], text[1]}, 1};
    case HEURISTIC_LAST_WORD: return (Parts){3, {newline, text[0], text[1]}, 0};
    case HEURISTIC_MINIMAL_PAIRS: return (Parts){2, {newline, text[k]}, 0};
    case HEURISTIC_ACCEPTABILITY:
    case HEURISTIC_NONE: break;
    }
    return (Parts){2, {newline, text[0]}, 0};
}

static size_t tokens_of(const Parts *parts, int begin, int end)
{
    size_t n = 0;
    for (int p = begin; p < end; p++) n += parts->part[p].n;
    return n;
}

/* How many tokens a text loses at its beginning: all that are too many, or so many that what is scored, where something
 * stands behind it, ends in the middle. */
static size_t lost_before(const Parts *parts, size_t length, size_t until, size_t most)
{
    const size_t excess = length > most ? length - most : 0, wanted = most / 2;
    if (parts->n_behind == 0) return excess;
    const size_t lost = until > wanted ? until - wanted : 0;
    return lost < excess ? lost : excess;
}

static int within(size_t place, size_t lost, size_t most)
{
    const size_t left = place > lost ? place - lost : 0;
    return (int)(left < most ? left : most);
}

/* Writes at most `most` tokens of the parts; sets where the scored ones begin and end. Returns how many tokens
 * there are, cut or not. */
static size_t write_parts(int *token, int *from, int *until, const Parts *parts, size_t most)
{
    const int behind = parts->n - parts->n_behind;
    const size_t length = tokens_of(parts, 0, parts->n), end = tokens_of(parts, 0, behind);
    const size_t lost = lost_before(parts, length, end, most);
    size_t at = 0;
    for (int p = 0; p < parts->n; p++)
        for (size_t i = 0; i < parts->part[p].n; i++, at++)
            if (at >= lost && at < lost + most) token[at - lost] = parts->part[p].ids[i];
    *from = within(end - parts->part[behind - 1].n, lost, most);
    *until = within(end, lost, most);
    if (*from == 0) *from = 1; /* the first token follows none */
    return length;
}

static bool allocate(Continuations *all, const Examples *examples, const Shared *shared,
                     size_t longest, Arena *arena, Error *err)
{
    const bool go_on = shared->heuristic == HEURISTIC_CLOZE;
    size_t n_texts = 0, n_tokens;
    for (size_t e = 0; e < examples->n; e++)
        n_texts += (size_t)texts_of(&examples->items[e], shared);
    if (!size_mul(&n_tokens, n_texts, longest) || n_tokens > INT32_MAX)
        return error_set(err, "%zu texts of up to %zu tokens are too many", n_texts, longest);
    *all = (Continuations){
        .n = (int)examples->n,
        .first = arena_alloc(arena, examples->n + 1, sizeof(int), err),
        .start = arena_alloc(arena, n_texts + 1, sizeof(int), err),
        .from = arena_alloc(arena, n_texts, sizeof(int), err),
        .until = go_on ? arena_alloc(arena, n_texts, sizeof(int), err) : NULL,
        .token = arena_alloc(arena, n_tokens, sizeof(int), err),
        .truth = arena_alloc(arena, examples->n, sizeof(double), err),
        .id = arena_alloc(arena, examples->n, sizeof(char *), err),
    };
    return all->first && all->start && all->from && (all->until || !go_on) && all->token &&
           all->truth && all->id;
}

static bool encode_example(Continuations *all, const Example *example, const Shared *shared,
                           size_t longest, const Tokenizer *tokenizer, Arena *arena, Error *err)
{
    TokenList *text = arena_alloc(arena, (size_t)example->n_texts, sizeof *text, err);
    if (!text) return false;
    for (int k = 0; k < example->n_texts; k++)
        if (!encode(&text[k], example->text[k], tokenizer, arena, err)) return false;
    for (int k = 0; k < texts_of(example, shared); k++) {
        int q = all->n_texts++, until;
        Parts parts = parts_of(text, shared, k);
        size_t length =
            write_parts(all->token + all->start[q], &all->from[q], &until, &parts, longest);
        if (all->until) all->until[q] = until;
        all->n_cut += length > longest;
        all->start[q + 1] = all->start[q] + (int)(length < longest ? length : longest);
    }
    return true;
}

bool continuations_are_whole(DatasetHeuristic heuristic)
{
    return heuristic == HEURISTIC_ACCEPTABILITY || heuristic == HEURISTIC_MINIMAL_PAIRS;
}

bool continuations_encode(Continuations *continuations, const Examples *examples,
                          const DatasetInfo *info, const Tokenizer *tokenizer, int longest,
                          Arena *arena, Error *err)
{
    Shared shared;
    const bool is_certain = info->zero_shot.heuristic == HEURISTIC_LAST_WORD ||
                            info->zero_shot.heuristic == HEURISTIC_MINIMAL_PAIRS;
    if (!encode_shared(&shared, info, tokenizer, arena, err) ||
        !allocate(continuations, examples, &shared, (size_t)longest, arena, err))
        return false;
    for (size_t e = 0; e < examples->n; e++) {
        const Example *example = &examples->items[e];
        if (!interrupt_check(err) || !encode_example(continuations, example, &shared,
                                                     (size_t)longest, tokenizer, arena, err))
            return false;
        continuations->first[e + 1] = continuations->n_texts;
        continuations->truth[e] = is_certain ? 1 : example->label;
        continuations->id[e] = example->id;
    }
    return true;
}
