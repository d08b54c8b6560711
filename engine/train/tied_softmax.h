/* The softmax over the vocabulary, tied to the token table (GPT-1, section 3.1): logits are products of
 * states with the rows of the table. */
#ifndef TRAIN_TIED_SOFTMAX_H
#define TRAIN_TIED_SOFTMAX_H

#include "train/learner.h"

/* The cross-entropy of the last forward: row n is to predict target[n] (-1: nothing). Fills
 * learner->row_loss. `dstates` NULL: loss only; else gradients of the sum over rows of
 * weight[n] * loss[n] are added. */
void tied_softmax_loss(Learner *learner, const Batch *batch, const int *target, const real *weight,
                       real *dstates);

const real *tied_softmax_table(const Learner *learner); /* [n_vocab,C] */

#endif
