#include "train/finetune_loss.h"

#include <assert.h>

#include "learner/answering.h"

/* Each sequence weighs the same, and within it each token that is asked for. */
static void weigh_sequence(Learner *learner, int begin, int end, const FinetuneLoss *terms)
{
    int n = 0;
    for (int row = begin; row < end; row++) n += learner->target[row] >= 0;
    for (int row = begin; row < end; row++)
        learner->row_weight[row] =
            learner->target[row] < 0
                ? 0
                : (real)(terms->lm_coefficient / ((double)terms->n_sequences * n));
}

static double language_model(Learner *learner, const Packer *packer, const Batch *batch,
                             const FinetuneLoss *terms, real *dstates)
{
    const Objective *objective = terms->objective;
    double sum = 0;
    assert(objective->n_stand_ins == 0 && !objective->reads_source);
    for (int s = 0; s < batch->S; s++) {
        int begin = batch->target.start[s], end = batch->target.start[s + 1];
        ObjectiveText text = {.token = packer->token + begin,
                              .target = learner->target + begin,
                              .length = end - begin,
                              .next = -1};
        objective->ask(&text, NULL, (RngKey){0});
        weigh_sequence(learner, begin, end, terms);
    }
    objective->loss(learner, batch, learner->target, learner->row_weight, dstates);
    for (int row = 0; row < batch->target.N; row++)
        sum += (double)learner->row_weight[row] * (double)learner->row_loss[row];
    return sum / terms->lm_coefficient;
}

void finetune_loss_run(UpdateLosses *losses, Learner *learner, const Packer *packer,
                       const Batch *batch, const FinetuneLoss *terms)
{
    learner_forward(learner, batch, true, terms->dropout_key);
    real *dstates = learner_state_gradients(learner, batch);
    const AnsweringPass answers = {.dstates = dstates,
                                   .example_weight = 1.0 / terms->n_examples,
                                   .dropout = terms->classifier_dropout,
                                   .dropout_key = terms->head_key};
    losses->main += answering_run(learner, packer, batch, &answers) / terms->n_examples;
    if (terms->lm_coefficient > 0)
        losses->auxiliary += language_model(learner, packer, batch, terms, dstates);
    learner_backward(learner, batch, terms->dropout_key);
}
