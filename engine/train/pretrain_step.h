/* One update of pre-training: the next windows of running text, packed into micro-batches; forward, loss
 * and backward over each; then the optimizer (GPT-1, section 4.1). */
#ifndef TRAIN_PRETRAIN_STEP_H
#define TRAIN_PRETRAIN_STEP_H

#include "learner/text_pairs.h"
#include "learner/windows.h"
#include "train/pretrain.h"
#include "train/update.h"

/* What an update asks for. */
typedef struct PretrainAsked {
    size_t n_targets; /* tokens */
    size_t n_pairs;
} PretrainAsked;

typedef struct PretrainStep {
    const PretrainJob *job; /* borrowed; its folder is not looked at */
    Learner learner;        /* with the initial weights of the job's seed */
    Windows windows;        /* of the documents that are not held out */
    WindowOrder order;
    OptimizerPlan plan;
    WindowsPack pack;    /* the micro-batch at hand */
    TextPairs pairs;     /* if whether a text follows another is asked */
    PretrainAsked asked; /* of the update at hand */
    size_t n_positions;  /* that the last update read */
} PretrainStep;

bool pretrain_step_create(PretrainStep *step, const PretrainJob *job, Arena *arena,
                          Error *err) MUST_USE;

/* Update number `update`, from 0: which windows and which dropout is a function of it alone. The main
 * loss is the mean over the tokens that the objective asks for; the auxiliary one, which is added to it, over the pairs
 * of texts, if there are any. */
bool pretrain_step_run(UpdateReport *report, PretrainStep *step, int64_t update,
                       Error *err) MUST_USE;

#endif
