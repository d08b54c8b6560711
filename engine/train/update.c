#include "train/update.h"

#include <math.h>

#include "base/parallel.h"

enum { REDUCE_CHUNK = 1 << 14 };

typedef struct Addition {
    real *to;
    const real *from;
} Addition;

static void add_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const Addition *addition = context;
    for (size_t i = begin; i < end; i++) addition->to[i] += addition->from[i];
}

void update_reduce(UpdatePart *parts, int n_parts, size_t n)
{
    for (int apart = 1; apart < n_parts; apart *= 2)
        for (int p = 0; p + apart < n_parts; p += 2 * apart) {
            const UpdatePart *other = &parts[p + apart];
            Addition addition = {parts[p].gradients, other->gradients};
            parallel_for(n, REDUCE_CHUNK, add_piece, &addition);
            parts[p].losses.main += other->losses.main;
            parts[p].losses.auxiliary += other->losses.auxiliary;
        }
}

UpdateReport update_run(Learner *learner, const OptimizerPlan *plan, int64_t update,
                        UpdateAccumulate *accumulate, void *context)
{
    const TensorTable *table = &learner->weights_table;
    UpdatePart own = {.gradients = learner->gradients};
    learner_zero_gradients(learner);
    accumulate(&own.losses, update, context);
    update_reduce(&own, 1, table->n_elements);
    tensors_zero_frozen(table, learner->gradients);
    return (UpdateReport){
        .losses = own.losses,
        .optimizer = optimizer_step(plan, update, learner->kernels, table, learner->weights,
                                    learner->m, learner->v, learner->gradients),
    };
}

bool update_is_finite(const UpdateReport *report)
{
    return isfinite(report->losses.main) && isfinite(report->losses.auxiliary) &&
           isfinite(report->optimizer.gradient_norm);
}
