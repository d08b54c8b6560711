/* Log-likelihoods of stretches of texts, mostly their ends, under a language model, many texts packed at once.
 *
 * Texts are sequences of tokens; those from a stated one on are scored, as the objective of the architecture asks
 * for them (learner/objective.h): a causal model predicts each from all before it, in one pass a text; others take a
 * pass a token. Where texts go on behind what is scored, those that can be given what follows are; a causal model
 * is asked for it too. The softmax is over the language model's vocabulary, which has no rows of positions and no tokens
 * of tasks. */
#ifndef MEASURE_LIKELIHOOD_H
#define MEASURE_LIKELIHOOD_H

#include "learner/learner.h"

/* Text q holds token[start[q]..start[q+1]], at most likelihood_longest of them; those from from[q] on, and before until[q]
 * (counted within the text, from at least 1), are scored. */
typedef struct LikelihoodTexts {
    int n;
    const int *token, *start, *from;
    bool whole;       /* texts are scored as wholes, not as what follows a beginning */
    const int *until; /* [n]; NULL: the ends of the texts */
} LikelihoodTexts;

typedef struct Likelihoods {
    double *sum; /* [n] of the log-probabilities of the scored tokens, in nats */
    int *count;  /* [n] scored tokens; 0: the text has none that follows another */
    /* [n] each scored token is the likeliest of all, the first of equals; NULL: not asked. */
    bool *first;
} Likelihoods;

/* A learner for this: many rows a pass, at least one whole context. `text`: tokens of the tokenizer. */
LearnerSetup likelihood_setup(const SpecEntryChoice *model, const Kernels *kernels,
                              TextTokens text);

/* Tokens that a text may have. */
int likelihood_longest(const Learner *learner);

/* Passes that it takes to score so many tokens of a text. */
int likelihood_passes(const Architecture *architecture, int n_scored, bool whole);

/* `title` is what the progress line says. */
bool likelihood_measure(Likelihoods *likelihoods, Learner *learner, const LikelihoodTexts *texts,
                        bool with_first, const char *title, Arena *arena, Error *err) MUST_USE;

#endif
