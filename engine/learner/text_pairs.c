#include "learner/text_pairs.h"

#include <math.h>
#include <string.h>

/* Kinds of draws. Windows are drawn up to TRIES times, until one's document is long enough. */
enum Draw { RANDOM, SPLIT, WINDOW, PLACE };
enum { TRIES = 16 };

bool text_pairs_create(TextPairs *pairs, const Learner *learner, const Windows *windows,
                       const TokenFile *file, Arena *arena, Error *err)
{
    const size_t sequences = (size_t)learner->max_sequences;
    *pairs = (TextPairs){
        .windows = windows,
        .file = file,
        .second = arena_alloc(arena, sequences, sizeof(int), err),
        .truth = arena_alloc(arena, sequences, sizeof(double), err),
    };
    if (!pairs->second || !pairs->truth) return false;
    if (windows->items[0].document != windows->items[windows->n - 1].document) return true;
    error_usage(err, "pretrain.next_sentence: half of the second texts come from another document, "
                     "but all training text is of one");
    return error_hint(err, "\"next_sentence\": false, or a corpus of more documents");
}

/* --- drawing --------------------------------------------------------------------------------------- */

/* Tokens of a document that windows hold: all but the last, which is only predicted. */
static uint64_t held(const TokenFile *file, uint32_t document)
{
    return file->offset[document + 1] - file->offset[document] - 1;
}

/* The document of a window that is drawn from those of all other documents. */
static uint32_t draw_document(const TextPairs *pairs, uint32_t window, RngKey key, int try)
{
    const Windows *windows = pairs->windows;
    const uint32_t document = windows->items[window].document;
    size_t begin = window, end = window;
    while (begin > 0 && windows->items[begin - 1].document == document) begin--;
    while (end < windows->n && windows->items[end].document == document) end++;
    uint64_t drawn =
        rng_below(rng_key_site(key, WINDOW), (uint64_t)try, windows->n - (end - begin));
    if (drawn >= begin) drawn += end - begin;
    return windows->items[drawn].document;
}

static void draw_elsewhere(TextPair *pair, const TextPairs *pairs, uint32_t window, RngKey key)
{
    const TokenFile *file = pairs->file;
    uint32_t document = draw_document(pairs, window, key, 0);
    for (int try = 1; try < TRIES && held(file, document) < (uint64_t)pair->n_second; try++)
        document = draw_document(pairs, window, key, try);
    const uint64_t n = held(file, document);
    if (n < (uint64_t)pair->n_second) pair->n_second = (int)n;
    pair->second = file->offset[document] +
                   rng_below(rng_key_site(key, PLACE), 0, n - (uint64_t)pair->n_second + 1);
    pair->random = true;
}

TextPair text_pairs_draw(const TextPairs *pairs, uint32_t window, RngKey key)
{
    const Window *whole = &pairs->windows->items[window];
    const int length = (int)whole->length;
    TextPair pair = {.first = whole->begin, .n_first = length};
    if (length < TEXT_PAIRS_LEAST) return pair;
    pair.n_first = 1 + (int)rng_below(rng_key_site(key, SPLIT), 0, (uint64_t)length - 1);
    pair.n_second = length - pair.n_first;
    pair.second = pair.first + (uint64_t)pair.n_first;
    if (rng_below(rng_key_site(key, RANDOM), 0, 2) == 1) draw_elsewhere(&pair, pairs, window, key);
    return pair;
}

/* --- packing --------------------------------------------------------------------------------------- */

/* Makes room between the texts, which stand one behind the other. */
static void set_apart(int *values, const TextPair *pair, int between)
{
    int *second = values + pair->n_first;
    memmove(second + TEXT_PAIRS_BETWEEN, second, (size_t)pair->n_second * sizeof(int));
    *second = between;
}

void text_pairs_add(TextPairs *pairs, WindowsPack *pack, Learner *learner, const TextPair *pair,
                    RngKey key)
{
    const SpecialTokens *special = &pack->question.special;
    const int row = pack->start[pack->S], before = special_tokens_before(special);
    int *token = pack->token + row + before, *target = learner->target + row + before;
    ObjectiveText text = {
        .token = token, .target = target, .length = pair->n_first + pair->n_second, .next = -1};
    for (int i = 0; i < pair->n_first; i++)
        token[i] = token_file_at(pairs->file, pair->first + (uint64_t)i);
    for (int i = 0; i < pair->n_second; i++)
        token[pair->n_first + i] = token_file_at(pairs->file, pair->second + (uint64_t)i);
    pack->question.objective->ask(&text, special, key);
    int n = text.length;
    if (pair->n_second > 0) {
        set_apart(token, pair, special->delimiter);
        set_apart(target, pair, -1);
        n += TEXT_PAIRS_BETWEEN;
    }
    const int length = special_tokens_frame(pack->token + row, n, special);
    learner->target[row] = learner->target[row + length - 1] = -1;
    pairs->second[pack->S] =
        pair->n_second > 0 ? before + pair->n_first + TEXT_PAIRS_BETWEEN : length;
    pairs->truth[pack->S] = pair->n_second > 0 ? (double)pair->random : (double)NAN;
    pack->start[++pack->S] = row + length;
}

Batch text_pairs_batch(const TextPairs *pairs, const WindowsPack *pack, Learner *learner)
{
    Batch batch = windows_pack_batch(pack, learner);
    learner_tell_segments(learner, &batch, pairs->second);
    return batch;
}
