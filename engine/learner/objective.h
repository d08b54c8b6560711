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
    int length; /* of one with a source it may become less, but not 0, and SPECIAL_TOKENS_BEHIND more */
    int next; /* the token that follows in its text; -1: none does */
    /* Of an objective with a source; others do not look at it, and the arrays have room for one more. */
    int *source;  /* becomes the source */
    int n_source; /* becomes how much of it there is; at least 1 */
} ObjectiveText;

/* A stretch of a text whose likelihood is asked: its tokens from `from` on, which is at least 1, up to `until`. What
 * stands behind them is given; to a causal model, which cannot be given it, it is put as a question too. */
typedef struct ObjectiveStretch {
    const int *token;
    int length, from, until; /* tokens of the text; of those the scored ones */
    bool whole;              /* the text is scored as a whole, not as what follows a beginning */
} ObjectiveStretch;

/* One question about a stretch: a sequence for the model, and which of its rows tell which scored tokens. */
typedef struct ObjectiveQuestion {
    int *token;  /* what the model is given; [context] at least */
    int length;  /* becomes how much of it there is */
    int *source; /* of an objective with a source; others do not look at it */
    int n_source;
    int row, scored, n_scored; /* row `row` + i predicts token `scored` + i of the text */
} ObjectiveQuestion;

typedef struct Objective {
    const char *title; /* "predicts the next token" */
    const char *asked; /* what its losses are of: "next tokens" */
    /* What states may see: with a causal one what is asked of a row may stand behind it. */
    AttentionMask mask;
    bool reads_source; /* what is asked is asked of a source; else there is none */
    /* Tokens of its own, which stand in for others. With any of them the model is not given the text as it
     * is: no term beside a task's loss, which needs that. */
    int n_stand_ins;

    /* How many of `length` tokens have a target in running text; of an objective with a source, how many rows
     * they become in the target, all of which have one, and in the source. */
    int (*n_targets)(int length);
    int (*n_source)(int length);

    /* One sequence. All draws are from `key`. Only one that changes the text looks at `special` and
     * `key`. */
    void (*ask)(ObjectiveText *text, const SpecialTokens *special, RngKey key);

    /* Loss and gradient of the states of the last forward; the contract of tied_softmax_loss. */
    void (*loss)(Learner *learner, const Batch *batch, const int *target, const real *weight,
                 real *dstates);

    /* The likelihood of a stretch is the product of the probabilities of its tokens, each in the answer to one of
     * the questions that there are about it. */
    /* What that is, in words: "log-likelihood, each token given those before it". */
    const char *likelihood;
    int n_more; /* tokens that a text may have beyond the context: predicted, never given */
    int (*n_questions)(int n_scored, bool whole);
    void (*question)(ObjectiveQuestion *question, const ObjectiveStretch *stretch, int number,
                     const SpecialTokens *special);

    /* Text is written by the answers to the questions about what is to follow (measure/generate.h). */
    const char *writing; /* how, in words, behind "its words, "; NULL: each given those before it */
    bool rewrites;       /* each token has a question of its own, which gives those behind it too */
    bool writes_spans;   /* a token that no text holds ends what is told of a source */
} Objective;

#endif
