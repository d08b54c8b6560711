/* Stage `position`: mean loss of held-out text by position in the context (train/position.h). Output:
 * probe.json. */
#ifndef STAGES_STAGE_POSITION_H
#define STAGES_STAGE_POSITION_H

#include "experiment/plan.h"

Stage *stage_position_add(Plan *plan, const PlanCell *cell, Error *err) MUST_USE;

#endif
