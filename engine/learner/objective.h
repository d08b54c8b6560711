/* Objectives: what a model is asked of a text, and what being wrong costs.
 *
 * An objective turns a piece of running text, or the sequence of a task, into what the model is given and
 * what each of its rows is to predict, and gives loss and gradient of the states. It knows no
 * architecture, only what their states may see. A row of objectives.c; adding one is a file, a row and
 * its word. */
#ifndef LEARNER_OBJECTIVE_H
#define LEARNER_OBJECTIVE_H

#include "learner/learner.h"
#include "task/special_tokens.h"

typedef struct Objective {
    const char *title; /* "predicts the next token" */
    /* What states may see: with a causal one what is asked of a row may stand behind it. */
    AttentionMask mask;
    bool
        changes_text; /* the model is given other tokens, the mask token among them: no term beside a
                          task's loss, which needs the sequence as it is */

    /* How many of `length` tokens have a target in running text. */
    int (*n_targets)(int length);

    /* One sequence: token [length] is the text, and becomes what the model is given; target [length] is
     * filled, -1: nothing is asked of the row. `next` follows the last token in its text; -1: nothing
     * does. All draws are from `key`. Only one that changes the text looks at `special` and `key`. */
    void (*ask)(int *token, int *target, int length, int next, const SpecialTokens *special,
                RngKey key);

    /* Loss and gradient of the states of the last forward; the contract of tied_softmax_loss. */
    void (*loss)(Learner *learner, const Batch *batch, const int *target, const real *weight,
                 real *dstates);
} Objective;

#endif
