#include "train/update.h"

#include <assert.h>
#include <math.h>

#include "base/parallel.h"

/* What parts that stand behind one another came to. */
typedef struct Sum {
    UpdateLosses losses;
    real *gradients; /* [n_elements] */
} Sum;

static void take_in(Sum *sum, const Sum *next, const Learner *learner)
{
    learner->kernels->accumulate(sum->gradients, next->gradients,
                                 learner->weights_table.n_elements);
    sum->losses.main += next->losses.main;
    sum->losses.auxiliary += next->losses.auxiliary;
}

static Sum sum_part(Learner *learner, real *gradients, int64_t update, int part,
                    const UpdateWork *work)
{
    Sum sum = {.gradients = gradients};
    learner->gradients = gradients;
    learner_zero_gradients(learner);
    work->accumulate(&sum.losses, update, part, work->context);
    return sum;
}

/* Sums wait in a stack for one that is as large: of parts 0 to 6 there are three, of 4, 2 and 1 parts. */
static UpdateLosses accumulate(Learner *learner, int64_t update, const UpdateWork *work)
{
    Sum stack[LEARNER_MOST_SUMS];
    int n = 0;
    assert(work->n_parts > 0);
    for (int part = 0; part < work->n_parts; part++) {
        stack[n] = sum_part(learner, learner->sum[n], update, part, work);
        n++;
        for (int joined = part + 1; joined % 2 == 0; joined /= 2, n--)
            take_in(&stack[n - 2], &stack[n - 1], learner);
    }
    learner->gradients = stack[0].gradients;
    return stack[0].losses;
}

bool update_run(UpdateReport *report, Learner *learner, const OptimizerPlan *plan, int64_t update,
                const UpdateWork *work, Error *err)
{
    const TensorTable *table = &learner->weights_table;
    parallel_may_stop();
    const UpdateLosses losses = accumulate(learner, update, work);
    if (!parallel_whole(err)) return false;
    tensors_zero_frozen(table, learner->gradients);
    *report = (UpdateReport){
        .losses = losses,
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
