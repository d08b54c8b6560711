/* All kinds of stages, inputs before what reads them. Adding one is a file and a row here. */
#ifndef STAGES_STAGE_ROWS_H
#define STAGES_STAGE_ROWS_H

#include "stages/stage_row.h"

extern const StageRow *const stage_rows[]; /* NULL-terminated */

#endif
