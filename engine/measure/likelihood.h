/* Log-likelihoods of the ends of texts under a language model, many texts packed at once.
 *
 * Texts are sequences of tokens; those from a stated one on are scored, each given all before it. A
 * language model's vocabulary is the tokenizer's own, so the softmax has neither rows of positions nor
 * special tokens in it. */
#ifndef MEASURE_LIKELIHOOD_H
#define MEASURE_LIKELIHOOD_H

#include "learner/learner.h"

/* Text q holds token[start[q]..start[q+1]], at most one more than the model's context; those from from[q]
 * on (counted within the text, at least 1) are scored. */
typedef struct LikelihoodTexts {
    int n;
    const int *token, *start, *from;
} LikelihoodTexts;

typedef struct Likelihoods {
    double *sum; /* [n] of the log-probabilities of the scored tokens, in nats */
    int *count;  /* [n] scored tokens; 0: the text has none that follows another */
    bool *
        first; /* [n] each scored token is the likeliest of all, the first of equals; NULL: not asked */
} Likelihoods;

/* A learner for this: rows of a pass in `rows`, at least one whole context. */
LearnerSetup likelihood_setup(const SpecEntryChoice *model, const Kernels *kernels, int n_vocab);

/* `title` is what the progress line says. */
bool likelihood_measure(Likelihoods *likelihoods, Learner *learner, const LikelihoodTexts *texts,
                        bool with_first, const char *title, Arena *arena, Error *err) MUST_USE;

#endif
