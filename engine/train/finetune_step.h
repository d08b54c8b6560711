/* One update of fine-tuning: the next examples of the epoch's order, packed into micro-batches; forward,
 * L3 = L2 + lambda L1 and backward over each; then the optimizer (GPT-1, sections 3.2 and 4.1). */
#ifndef TRAIN_FINETUNE_STEP_H
#define TRAIN_FINETUNE_STEP_H

#include "learner/objective.h"
#include "learner/packer.h"
#include "train/finetune.h"
#include "train/update.h"

typedef struct FinetuneStep {
    const FinetuneJob *job; /* borrowed; its folder and what is pre-trained are not looked at */
    Learner learner;        /* with the initial weights of the job's seed */
    Packer packer;
    const Objective *objective; /* of L1: what the architecture is pre-trained to do */
    OptimizerPlan plan;
    uint32_t *subset, *order; /* [n]: which examples are trained on; their order in this epoch */
    int n;
    int64_t epoch; /* whose order is held; -1: none */
    int64_t updates_an_epoch;
    int n_examples; /* that the last update trained on */
} FinetuneStep;

bool finetune_step_create(FinetuneStep *step, const FinetuneJob *job, Arena *arena,
                          Error *err) MUST_USE;

/* Update number `update`, from 0: which examples and which dropout is a function of it alone. The main
 * loss is L2, the auxiliary one L1. */
bool finetune_step_run(UpdateReport *report, FinetuneStep *step, int64_t update,
                       Error *err) MUST_USE;

/* Which epoch an update belongs to; how many examples have been trained on after so many updates. */
int64_t finetune_step_epoch(const FinetuneStep *step, int64_t update);
int64_t finetune_step_examples(const FinetuneStep *step, int64_t updates_done);

#endif
