/* Pairs of texts, of which a model is asked whether the second follows the first: next-sentence prediction (Devlin
 * et al. 2019, section 3.1, task 2). Off unless it is asked for: without it masked-language models do as well on
 * tasks or better (Liu et al. 2019, section 4.2).
 *
 * A window becomes [start] a [delimiter] b [delimiter], with segments 0 and 1. It is cut in two at a place that is
 * drawn; b is its second part, or, in half of the pairs, as many tokens from a place in another document. If no
 * document that is drawn is long enough, b is shorter. What the objective asks of the tokens it asks of both texts,
 * and never of what stands around them. A window of one token is no pair, and is asked about its token alone. */
#ifndef LEARNER_TEXT_PAIRS_H
#define LEARNER_TEXT_PAIRS_H

#include "learner/windows.h"

enum { TEXT_PAIRS_BETWEEN = 1 }; /* tokens between the texts, beside those around them */
enum { TEXT_PAIRS_LEAST = 2 };   /* tokens that a window needs to become a pair */

typedef struct TextPair {
    uint64_t first, second; /* where each begins in the file */
    int n_first, n_second;  /* n_second 0: no pair */
    bool random;            /* the second is from elsewhere */
} TextPair;

/* Of windows that are all of one file; those of a document stand together. */
typedef struct TextPairs {
    const Windows *windows; /* borrowed, as the file */
    const TokenFile *file;
    int *second;   /* [max_sequences] of the pack: where in its sequence the second text begins */
    double *truth; /* [max_sequences]: 0 it follows, 1 it is from elsewhere, NaN no pair */
} TextPairs;

/* Refused if all windows are of one document: there is no elsewhere. */
bool text_pairs_create(TextPairs *pairs, const Learner *learner, const Windows *windows,
                       const TokenFile *file, Arena *arena, Error *err) MUST_USE;

/* What window number `window` becomes. All draws are from `key`. */
TextPair text_pairs_draw(const TextPairs *pairs, uint32_t window, RngKey key);

/* One sequence more in a pack that windows_pack_begin began and that has room for it; `key` is the objective's. */
void text_pairs_add(TextPairs *pairs, WindowsPack *pack, Learner *learner, const TextPair *pair,
                    RngKey key);

/* The pack as a batch that is told of its segments. */
Batch text_pairs_batch(const TextPairs *pairs, const WindowsPack *pack, Learner *learner);

#endif
