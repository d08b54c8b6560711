#include "learner/answering.h"

#include "learner/tied_softmax.h"

/* Every word of an answer weighs the same, and every example. */
static void weigh(Learner *learner, const Batch *batch, double example_weight)
{
    const int *start = batch->target.start;
    for (int s = 0; s < batch->S; s++)
        for (int row = start[s]; row < start[s + 1]; row++)
            learner->row_weight[row] = (real)(example_weight / (start[s + 1] - start[s]));
}

/* Of sequence s, in nats. */
static double cost(const Learner *learner, const Batch *batch, int s)
{
    double sum = 0;
    for (int row = batch->target.start[s]; row < batch->target.start[s + 1]; row++)
        sum += (double)learner->row_loss[row];
    return sum;
}

static double sum_losses(const Learner *learner, const Packer *packer, const Batch *batch)
{
    const int *start = batch->target.start;
    double sum = 0;
    for (int e = 0; e < packer->n_examples; e++) {
        if (packer->right[e] < 0) continue;
        const int s = learner->head_buffers.first[e] + packer->right[e];
        sum += cost(learner, batch, s) / (start[s + 1] - start[s]);
    }
    return sum;
}

static double words(Learner *learner, const Packer *packer, const Batch *batch,
                    const AnsweringPass *pass)
{
    if (pass->dstates) weigh(learner, batch, pass->example_weight);
    tied_softmax_loss(learner, batch, learner->target, pass->dstates ? learner->row_weight : NULL,
                      pass->dstates);
    for (int s = 0; s < batch->S; s++) {
        const real z = (real)-cost(learner, batch, s);
        learner->kernels->memory.copy_in(learner->head_buffers.z + s, &z, 1);
    }
    return sum_losses(learner, packer, batch);
}

double answering_run(Learner *learner, const Packer *packer, const Batch *batch,
                     const AnsweringPass *pass)
{
    if (learner->head.kind->is_words) return words(learner, packer, batch, pass);
    return learner_head(learner, batch, packer->truth, packer->n_examples, pass->dstates,
                        pass->example_weight, pass->dropout, pass->dropout_key);
}
