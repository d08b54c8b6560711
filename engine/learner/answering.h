/* What labelled examples cost behind a forward, and what is answered: by the head on states, or, of text to text, by
 * the likelihoods of the words of their answers (Raffel et al. 2020, section 2.4).
 *
 *   of words   z[s] = sum over rows n of sequence s of log p(asked[n])
 *              loss of an example = the mean over the words of its right answer of -log p */
#ifndef LEARNER_ANSWERING_H
#define LEARNER_ANSWERING_H

#include "learner/packer.h"

typedef struct AnsweringPass {
    real *dstates;         /* ADDED to; NULL: evaluation */
    double example_weight; /* of each example's loss in the sum: 1 / examples of the whole update */
    double dropout;        /* before a head; 0 in evaluation */
    RngKey dropout_key;
} AnsweringPass;

/* Of the batch that the packer filled last. Returns the sum of the losses of examples whose truth is known, and
 * fills the outputs of all (learner->head_buffers.z). */
double answering_run(Learner *learner, const Packer *packer, const Batch *batch,
                     const AnsweringPass *pass);

#endif
