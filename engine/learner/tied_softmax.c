#include "learner/tied_softmax.h"

static size_t offset_of_table(const Learner *learner)
{
    return tensors_named(&learner->weights_table, TENSORS_TOKEN_TABLE)->offset;
}

static const real *table_of(const Learner *learner)
{
    return learner->weights + offset_of_table(learner);
}

void tied_softmax_loss(Learner *learner, const Batch *batch, const int *target, const real *weight,
                       real *dstates)
{
    real *dtable = dstates ? learner->gradients + offset_of_table(learner) : NULL;
    learner->kernels->cross_entropy_tied(&learner->kernels->products, learner->row_loss, dstates,
                                         dtable, NULL, learner_states(learner), table_of(learner),
                                         NULL, target, weight, learner->logits, batch->target.N,
                                         learner->shape.n_channel, learner->n_vocab);
}

void tied_softmax_logits(real *logit, Learner *learner, int row, int n_tokens)
{
    const Kernels *kernels = learner->kernels;
    const int C = learner->shape.n_channel;
    kernels->logits(learner->logits, learner_states(learner) + (size_t)row * (size_t)C,
                    table_of(learner), NULL, 1, C, n_tokens);
    kernels->memory.copy_out(logit, learner->logits, (size_t)n_tokens);
}

void tied_softmax_likeliest(bool *is_likeliest, Learner *learner, const int *target, int n)
{
    learner->kernels->logits_largest(is_likeliest, learner_states(learner), table_of(learner), NULL,
                                     target, n, learner->shape.n_channel, learner->n_vocab);
}
