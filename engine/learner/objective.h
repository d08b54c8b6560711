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

/* A text on its way from what it says to what a model is given of it and asked. */
typedef struct ObjectiveText {
    int *token;  /* [length] the text; becomes what the model is given */
    int *target; /* [length] becomes what each row is to predict; -1: nothing */
    int length;
    int next; /* the token that follows in its text; -1: none does */
} ObjectiveText;

typedef struct Objective {
    const char *title; /* "predicts the next token" */
    /* What states may see: with a causal one what is asked of a row may stand behind it. */
    AttentionMask mask;
    bool
        changes_text; /* the model is given other tokens, the mask token among them: no term beside a
                          task's loss, which needs the sequence as it is */

    /* How many of `length` tokens have a target in running text. */
    int (*n_targets)(int length);

    /* One sequence. All draws are from `key`. Only one that changes the text looks at `special` and
     * `key`. */
    void (*ask)(ObjectiveText *text, const SpecialTokens *special, RngKey key);

    /* Loss and gradient of the states of the last forward; the contract of tied_softmax_loss. */
    void (*loss)(Learner *learner, const Batch *batch, const int *target, const real *weight,
                 real *dstates);
} Objective;

#endif
