#include "train/finetune_loss.h"

/* Row n predicts token n+1 of its sequence; the last row of a sequence predicts nothing. */
static void language_model_rows(Learner *learner, const Batch *batch, double coefficient,
                                int n_sequences)
{
    for (int s = 0; s < batch->S; s++) {
        int begin = batch->start[s], last = batch->start[s + 1] - 1;
        for (int row = begin; row < last; row++) {
            learner->target[row] = batch->token[row + 1];
            learner->row_weight[row] = (real)(coefficient / ((double)n_sequences * (last - begin)));
        }
        learner->target[last] = -1;
        learner->row_weight[last] = 0;
    }
}

static double language_model(Learner *learner, const Batch *batch, const FinetuneLoss *terms,
                             real *dstates)
{
    double sum = 0;
    language_model_rows(learner, batch, terms->lm_coefficient, terms->n_sequences);
    learner_language_model(learner, batch, learner->target, learner->row_weight, dstates);
    for (int row = 0; row < batch->N; row++)
        sum += (double)learner->row_weight[row] * (double)learner->row_loss[row];
    return sum / terms->lm_coefficient;
}

void finetune_loss_run(UpdateLosses *losses, Learner *learner, const Packer *packer,
                       const Batch *batch, const FinetuneLoss *terms)
{
    learner_forward(learner, batch, true, terms->dropout_key);
    real *dstates = learner_state_gradients(learner, batch);
    losses->main +=
        learner_head(learner, batch, packer->truth, packer->n_examples, dstates,
                     1.0 / terms->n_examples, terms->classifier_dropout, terms->head_key) /
        terms->n_examples;
    if (terms->lm_coefficient > 0)
        losses->auxiliary += language_model(learner, batch, terms, dstates);
    learner_backward(learner, batch, terms->dropout_key);
}
