#include "train/objective.h"

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

static double language_model(Learner *learner, const Batch *batch, const Objective *objective,
                             real *dstates)
{
    double sum = 0;
    language_model_rows(learner, batch, objective->lm_coefficient, objective->n_sequences);
    learner_language_model(learner, batch, learner->target, learner->row_weight, dstates);
    for (int row = 0; row < batch->N; row++)
        sum += (double)learner->row_weight[row] * (double)learner->row_loss[row];
    return sum / objective->lm_coefficient;
}

void objective_run(ObjectiveLosses *losses, Learner *learner, const Packer *packer,
                   const Batch *batch, const Objective *objective)
{
    learner_forward(learner, batch, true, objective->dropout_key);
    real *dstates = learner_state_gradients(learner, batch);
    losses->task += learner_head(learner, batch, packer->truth, packer->n_examples, dstates,
                                 1.0 / objective->n_examples, objective->classifier_dropout,
                                 objective->head_key) /
                    objective->n_examples;
    if (objective->lm_coefficient > 0)
        losses->language_model += language_model(learner, batch, objective, dstates);
    learner_backward(learner, batch, objective->dropout_key);
}
