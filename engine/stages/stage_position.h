/* Stage `position`: mean loss of held-out text by position in the context (measure/position.h). Output:
 * probe.json. */
#ifndef STAGES_STAGE_POSITION_H
#define STAGES_STAGE_POSITION_H

#include "stages/stage_row.h"

extern const StageRow stage_position;

#endif
