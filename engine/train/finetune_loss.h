/* The loss of fine-tuning, L3 = L2 + lambda L1, of one packed micro-batch (GPT-1, section 3.2), forward
 * and backward.
 *
 * L2 is the mean cross-entropy of the head over the examples of the update. L1 is that of the objective of
 * pre-training, on the same states: the mean over the tokens that it asks for in each sequence, then the mean over
 * the sequences of the update; a causal language model is asked for the delimiter and classify tokens and, for
 * multiple choice, the wrong answers too. An update is cut into micro-batches, so both means are over the whole
 * update, not the micro-batch. */
#ifndef TRAIN_FINETUNE_LOSS_H
#define TRAIN_FINETUNE_LOSS_H

#include "learner/objective.h"
#include "learner/packer.h"
#include "train/update.h"

typedef struct FinetuneLoss {
    const Objective *objective; /* one that changes no text; without the term not looked at */
    double lm_coefficient;      /* lambda; 0: no such term at all */
    double classifier_dropout;
    int n_examples, n_sequences;  /* of the whole update */
    RngKey dropout_key, head_key; /* of this micro-batch */
} FinetuneLoss;

/* Runs the micro-batch that the packer holds; gradients and losses (main L2, auxiliary L1)
 * are ADDED to. */
void finetune_loss_run(UpdateLosses *losses, Learner *learner, const Packer *packer,
                       const Batch *batch, const FinetuneLoss *terms);

#endif
