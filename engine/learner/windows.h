/* Windows of running text: the contiguous sequences that a language model is trained and scored
 * on (GPT-1, section 4.1).
 *
 * Each document is cut into windows of n_context positions; the last one of a document may be
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

/* Copies one window's tokens; returns the one that follows them. */
int windows_tokens(int *token, const Window *window, const TokenFile *file);

/* How held-out text is asked about: draws depend on the window, not on how windows are packed. */
typedef struct WindowsQuestion {
    const Objective *objective;
    SpecialTokens special;
} WindowsQuestion;

/* Packs windows first, first + 1, ... as long as there is room in the learner, whose targets it fills;
 * start gets a row more than windows are packed. Returns how many. */
size_t windows_pack(int *token, int *start, Learner *learner, const WindowsQuestion *question,
                    const Windows *windows, size_t first, const TokenFile *file);

#endif
