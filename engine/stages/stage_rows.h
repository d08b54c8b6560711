/* All kinds of stages, inputs before what reads them. Adding one is a file and a row here. */
#ifndef STAGES_STAGE_ROWS_H
#define STAGES_STAGE_ROWS_H

#include "base/buffer.h"
#include "stages/stage_row.h"

extern const StageRow *const stage_rows[]; /* NULL-terminated */

/* For people: what each kind does and reads, and the fields that its key is made of, in Markdown. */
bool stage_rows_describe(Buffer *markdown, Error *err) MUST_USE;

#endif
