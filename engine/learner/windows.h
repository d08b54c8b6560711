/* Windows of running text: the contiguous sequences that a language model is trained and scored
 * on (GPT-1, section 4.1).
 *
 * Each document is cut into windows of as many positions as a sequence has room for; the last one of a document may be
 * shorter. Position i of a window predicts token i+1, so a window of T positions covers T+1
 * tokens, and every token of a document but its first is predicted exactly once. */
#ifndef LEARNER_WINDOWS_H
#define LEARNER_WINDOWS_H

#include "learner/objective.h"
#include "text/token_file.h"

typedef struct Window {
    uint64_t begin;  /* first token in the file */
    uint32_t length; /* positions, 1..n_context */
    uint32_t document;
} Window;

typedef struct Windows {
    size_t n;
    Window *items;
    size_t n_positions; /* predicted tokens in all windows */
} Windows;

/* The windows of documents d with wanted[d]. */
bool windows_cut(Windows *windows, const TokenFile *file, const bool *wanted, int n_context,
                 Arena *arena, Error *err) MUST_USE;

/* The endless training order: every pass over the windows is a new permutation (RNG_ORDER, step
 * = pass). */
typedef struct WindowOrder {
    uint64_t seed;
    uint32_t n;
    uint64_t pass;   /* which permutation is held */
    uint32_t *order; /* [n] */
} WindowOrder;

bool windows_order_create(WindowOrder *order, size_t n, uint64_t seed, Arena *arena,
                          Error *err) MUST_USE;
uint32_t windows_order_at(WindowOrder *order, uint64_t index); /* which window is number `index` */

/* How text is asked about: a framed one (task/special_tokens.h) as [start] text [delimiter]. */
typedef struct WindowsQuestion {
    const Objective *objective;
    SpecialTokens special; /* of the learner's vocabulary */
} WindowsQuestion;

/* Windows as a micro-batch of a learner, asked about, one behind the other; what they are asked stands in
 * the targets of the learner, which is the same at every call. */
typedef struct WindowsPack {
    WindowsQuestion question;
    int *token;                 /* [max_rows] */
    int *start;                 /* [max_sequences+1] */
    int *source, *source_start; /* the same of the source, if there is one */
    int S;                      /* windows in it */
} WindowsPack;

/* Room for the learner's limits. */
bool windows_pack_create(WindowsPack *pack, const Learner *learner, const WindowsQuestion *question,
                         Arena *arena, Error *err) MUST_USE;

void windows_pack_begin(WindowsPack *pack);

/* One window more, for which there has to be room; what is drawn of it, from `key`, depends on the window
 * alone. */
void windows_pack_add(WindowsPack *pack, Learner *learner, const Window *window,
                      const TokenFile *file, RngKey key);

Batch windows_pack_batch(const WindowsPack *pack, Learner *learner); /* borrows from the pack */

/* Begins with windows first, first + 1, ... of held-out text, as many as there is room for. Returns how
 * many: 1 at least, if there are any and the learner holds a whole context. */
size_t windows_pack_held_out(WindowsPack *pack, Learner *learner, const Windows *windows,
                             size_t first, const TokenFile *file);

#endif
