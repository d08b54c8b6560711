/* One update of training: gradients begin at zero, are added up over the micro-batches of the update, and go to the
 * optimizer. Kinds of training differ in what they accumulate, and in nothing else here.
 *
 * Partial sums  An update's micro-batches may go into several parts, a run of them each, whose gradients begin at zero.
 *               Parts are then joined in a binary tree over their numbers: 0 takes in 1 and 2 takes in 3, then 0 takes in
 *               2, and so on. So a sum depends on how many parts there are and on nothing else. */
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

/* ADDS the gradients of a part of update number `update`, 0 of n_parts and so on, to the learner's, its share of the losses
 * to `losses`. */
typedef void UpdateAccumulate(UpdateLosses *losses, int64_t update, int part, void *context);

typedef struct UpdateWork {
    UpdateAccumulate *accumulate;
    void *context;
    int n_parts; /* a power of two, as many as the learner has room for */
} UpdateWork;

/* Zero, accumulate, join, step. A gradient norm that is not finite changes no weight. Asked to stop
 * (base/interrupt.h) on the way to the step, it gives up: weights and moments are those of the update before. */
bool update_run(UpdateReport *report, Learner *learner, const OptimizerPlan *plan, int64_t update,
                const UpdateWork *work, Error *err) MUST_USE;

/* Both losses and the norm of the gradient are numbers. */
bool update_is_finite(const UpdateReport *report);

#endif
