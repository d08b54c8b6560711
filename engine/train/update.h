/* One update of training: gradients begin at zero, are added up over the micro-batches of the update and
 * over the processes that share it, and go to the optimizer. Kinds of training differ in what they
 * accumulate, and in nothing else here. */
#ifndef TRAIN_UPDATE_H
#define TRAIN_UPDATE_H

#include "learner/learner.h"
#include "train/optimizer.h"

/* Of a whole update: means over what it trains on. */
typedef struct UpdateLosses {
    double main;      /* of the objective of pre-training, or of the task (L2) */
    double auxiliary; /* of a term beside it, without its coefficient (L1); 0: no such term */
} UpdateLosses;

typedef struct UpdateReport {
    UpdateLosses losses;
    OptimizerReport optimizer;
} UpdateReport;

/* ADDS the gradients of update number `update` to the learner's, its losses to `losses`. */
typedef void UpdateAccumulate(UpdateLosses *losses, int64_t update, void *context);

/* Zero, accumulate, reduce, step. A gradient norm that is not finite changes no weight. Asked to stop
 * (base/interrupt.h) on the way to the step, it gives up: weights and moments are those of the update before. */
bool update_run(UpdateReport *report, Learner *learner, const OptimizerPlan *plan, int64_t update,
                UpdateAccumulate *accumulate, void *context, Error *err) MUST_USE;

/* What one process accumulated: part p the p-th run of the update's micro-batches. */
typedef struct UpdatePart {
    UpdateLosses losses;
    real *gradients; /* [n] */
} UpdatePart;

/* Adds all parts to the first, in a tree over their numbers: part p takes in part p + 1, then p + 2,
 * p + 4 and so on, so the order of a sum depends on how many parts there are and on nothing else. The
 * others are used up. One part is its own sum. */
void update_reduce(UpdatePart *parts, int n_parts, const Kernels *kernels, size_t n);

/* Both losses and the norm of the gradient are numbers. */
bool update_is_finite(const UpdateReport *report);

#endif
