/* One update of pre-training: the next windows of running text, packed into micro-batches; forward, loss
 * and backward over each; then the optimizer (GPT-1, section 4.1). */
#ifndef TRAIN_PRETRAIN_STEP_H
#define TRAIN_PRETRAIN_STEP_H

#include "train/pretrain.h"
#include "train/windows.h"

typedef struct PretrainStep {
    const PretrainJob *job; /* borrowed; its folder is not looked at */
    Learner learner;        /* with the initial weights of the job's seed */
    Windows windows;        /* of the documents that are not held out */
    WindowOrder order;
    OptimizerPlan plan;
    int *token, *start; /* of the micro-batch at hand */
} PretrainStep;

typedef struct PretrainStepReport {
    double loss;        /* mean over the positions; not finite: nothing was changed, or
                                       nothing good came of it */
    size_t n_positions; /* trained on */
    OptimizerReport optimizer;
} PretrainStepReport;

bool pretrain_step_create(PretrainStep *step, const PretrainJob *job, Arena *arena,
                          Error *err) MUST_USE;

/* Update number `update`, from 0: which windows and which dropout is a function of it alone. */
PretrainStepReport pretrain_step_run(PretrainStep *step, int64_t update);

#endif
