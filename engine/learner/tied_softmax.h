/* The softmax over the vocabulary, tied to the token table (GPT-1, section 3.1): logits are products of
 * states, or of what an architecture's readout (model/top.h) makes of them, with the rows of the table. */
#ifndef LEARNER_TIED_SOFTMAX_H
#define LEARNER_TIED_SOFTMAX_H

#include "learner/learner.h"

/* The cross-entropy of the last forward: row n is to predict target[n] (-1: nothing). Fills
 * learner->row_loss. `dstates` NULL: loss only; else gradients of the sum over rows of
 * weight[n] * loss[n] are added. */
void tied_softmax_loss(Learner *learner, const Batch *batch, const int *target, const real *weight,
                       real *dstates);

/* Logits of the first n_tokens tokens by the state of a row of the last forward, in memory of the host. */
void tied_softmax_logits(real *logit, Learner *learner, int row, int n_tokens);

/* Of the first n rows of the last forward (learner_keep_states): is the target the likeliest token of all,
 * the first of equals? */
void tied_softmax_likeliest(bool *is_likeliest, Learner *learner, const int *target, int n);

#endif
