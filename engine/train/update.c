#include "train/update.h"

#include <math.h>

#include "base/parallel.h"

void update_reduce(UpdatePart *parts, int n_parts, const Kernels *kernels, size_t n)
{
    for (int apart = 1; apart < n_parts; apart *= 2)
        for (int p = 0; p + apart < n_parts; p += 2 * apart) {
            const UpdatePart *other = &parts[p + apart];
            kernels->accumulate(parts[p].gradients, other->gradients, n);
            parts[p].losses.main += other->losses.main;
            parts[p].losses.auxiliary += other->losses.auxiliary;
        }
}

bool update_run(UpdateReport *report, Learner *learner, const OptimizerPlan *plan, int64_t update,
                UpdateAccumulate *accumulate, void *context, Error *err)
{
    const TensorTable *table = &learner->weights_table;
    UpdatePart own = {.gradients = learner->gradients};
    parallel_may_stop();
    learner_zero_gradients(learner);
    accumulate(&own.losses, update, context);
    update_reduce(&own, 1, learner->kernels, table->n_elements);
    if (!parallel_whole(err)) return false;
    tensors_zero_frozen(table, learner->gradients);
    *report = (UpdateReport){
        .losses = own.losses,
        .optimizer = optimizer_step(plan, update, learner->kernels, table, learner->weights,
                                    learner->m, learner->v, learner->gradients),
    };
    return true;
}

bool update_is_finite(const UpdateReport *report)
{
    return isfinite(report->losses.main) && isfinite(report->losses.auxiliary) &&
           isfinite(report->optimizer.gradient_norm);
}
