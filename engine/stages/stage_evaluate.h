/* Stage `evaluate`: scores a fine-tuned model on validation and test. Output: evaluate.json: for
 * each split its scores, and id, truth, prediction and outputs of every example. */
#ifndef STAGES_STAGE_EVALUATE_H
#define STAGES_STAGE_EVALUATE_H

#include "stages/stage_row.h"

#define STAGE_EVALUATE_FILE "evaluate.json"

extern const StageRow stage_evaluate;

#endif
