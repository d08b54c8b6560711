/* Stage `evaluate`: scores a fine-tuned model on validation and test. Output: evaluate.json: for
 * each split its scores, and id, truth, prediction and outputs of every example. */
#ifndef STAGES_STAGE_EVALUATE_H
#define STAGES_STAGE_EVALUATE_H

#include "experiment/plan.h"

Stage *stage_evaluate_add(Plan *plan, const PlanCell *cell, const PlanTask *task, int64_t seed,
                          Stage *finetune, Error *err) MUST_USE;

#endif
