#include "train/tied_softmax.h"

static size_t offset_of_table(const Learner *learner)
{
    return tensors_named(&learner->weights_table, TENSORS_TOKEN_TABLE)->offset;
}

const real *tied_softmax_table(const Learner *learner)
{
    return learner->weights + offset_of_table(learner);
}

void tied_softmax_loss(Learner *learner, const Batch *batch, const int *target, const real *weight,
                       real *dstates)
{
    real *dtable = dstates ? learner->gradients + offset_of_table(learner) : NULL;
    learner->kernels->cross_entropy_tied(
        learner->row_loss, dstates, dtable, learner_states(learner), tied_softmax_table(learner),
        target, weight, learner->logits, batch->N, learner->shape.n_channel, learner->n_vocab);
}
