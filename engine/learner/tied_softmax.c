#include "learner/tied_softmax.h"

#include <string.h>

static size_t offset_of_table(const Learner *learner)
{
    return tensors_named(&learner->weights_table, TENSORS_TOKEN_TABLE)->offset;
}

static const real *table_of(const Learner *learner)
{
    return learner->weights + offset_of_table(learner);
}

/* --- the readout ---------------------------------------------------------------------------------- */

static bool has_bias(const Learner *learner)
{
    return learner->architecture->readout && learner->readout.token_bias >= 0;
}

static size_t offset_of_bias(const Learner *learner)
{
    return learner->weights_table.items[learner->readout.token_bias].offset;
}

static const real *bias_of(const Learner *learner)
{
    return has_bias(learner) ? learner->weights + offset_of_bias(learner) : NULL;
}

static TopPass pass_of(const Learner *learner, int n)
{
    return (TopPass){.spec = learner->spec,
                     .kernels = learner->kernels,
                     .table = &learner->weights_table,
                     .weights = learner->weights,
                     .gradients = learner->gradients,
                     .first = learner->readout.first,
                     .N = n,
                     .C = learner->shape.n_channel,
                     .kept = learner->readout.kept};
}

/* What the table multiplies, of n rows of the last forward. */
static const real *outputs_of(Learner *learner, const real *states, int n)
{
    const Top *readout = learner->architecture->readout;
    if (!readout) return states;
    const TopPass pass = pass_of(learner, n);
    return readout->forward(states, &pass);
}

/* Rows that have a target, side by side, so that the readout is made of them alone. Returns how many. */
static int gather(Learner *learner, const int *target, const real *weight, int N)
{
    LearnerReadout *readout = &learner->readout;
    int n = 0;
    for (int row = 0; row < N; row++) {
        if (target[row] < 0) continue;
        readout->row[n] = row;
        readout->target[n] = target[row];
        if (weight) readout->weight[n] = weight[row];
        n++;
    }
    learner->kernels->pool_forward(readout->asked, learner_states(learner), readout->row, n, 1,
                                   learner->shape.n_channel);
    return n;
}

static void scatter_losses(Learner *learner, int n, int N)
{
    memset(learner->row_loss, 0, (size_t)N * sizeof(real));
    for (int i = 0; i < n; i++)
        learner->row_loss[learner->readout.row[i]] = learner->readout.loss[i];
}

static void backward(Learner *learner, real *dstates, int n)
{
    LearnerReadout *readout = &learner->readout;
    const TopPass pass = pass_of(learner, n);
    learner->architecture->readout->backward(readout->d_asked, readout->d_output, readout->asked,
                                             &pass);
    learner->kernels->pool_backward(dstates, readout->d_asked, readout->row, n, 1,
                                    learner->shape.n_channel);
}

static void loss_behind_readout(Learner *learner, const int *target, const real *weight,
                                real *dstates, int N)
{
    LearnerReadout *readout = &learner->readout;
    const Kernels *kernels = learner->kernels;
    const int C = learner->shape.n_channel, n = gather(learner, target, weight, N);
    const real *output = outputs_of(learner, readout->asked, n);
    const bool trains = dstates != NULL;
    if (trains) kernels->memory.clear(readout->d_output, (size_t)n * (size_t)C);
    kernels->cross_entropy_tied(
        &kernels->products, readout->loss, trains ? readout->d_output : NULL,
        trains ? learner->gradients + offset_of_table(learner) : NULL,
        trains && has_bias(learner) ? learner->gradients + offset_of_bias(learner) : NULL, output,
        table_of(learner), bias_of(learner), readout->target, weight ? readout->weight : NULL,
        learner->logits, n, C, learner->n_vocab);
    scatter_losses(learner, n, N);
    if (trains) backward(learner, dstates, n);
}

/* --- what is asked --------------------------------------------------------------------------------- */

void tied_softmax_loss(Learner *learner, const Batch *batch, const int *target, const real *weight,
                       real *dstates)
{
    if (learner->architecture->readout) {
        loss_behind_readout(learner, target, weight, dstates, batch->target.N);
        return;
    }
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
    const real *state = learner_states(learner) + (size_t)row * (size_t)C;
    kernels->logits(learner->logits, outputs_of(learner, state, 1), table_of(learner),
                    bias_of(learner), 1, C, n_tokens);
    kernels->memory.copy_out(logit, learner->logits, (size_t)n_tokens);
}

void tied_softmax_likeliest(bool *is_likeliest, Learner *learner, const int *target, int n)
{
    const real *output = outputs_of(learner, learner_states(learner), n);
    learner->kernels->logits_largest(is_likeliest, output, table_of(learner), bias_of(learner),
                                     target, n, learner->shape.n_channel, learner->n_vocab);
}
