/* Stage `zero-shot`: a task done without fine-tuning by every state of the language model that pre-training
 * left, from the untrained one on (train/milestones.h, measure/zero_shot.h). Output: probe.json (the curve,
 * ids of the examples), and update-NNNNNNN.json for each state: predictions and the scores that decided, and
 * what share of the examples was right by each facet that the data set has (data/dataset/dataset_facets.h). */
#ifndef STAGES_STAGE_ZERO_SHOT_H
#define STAGES_STAGE_ZERO_SHOT_H

#include "stages/stage_row.h"

extern const StageRow stage_zero_shot;

#endif
