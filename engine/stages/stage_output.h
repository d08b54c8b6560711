/* JSON that a kind of stage leaves in its folder: written, and read back, by one field table. */
#ifndef STAGES_STAGE_OUTPUT_H
#define STAGES_STAGE_OUTPUT_H

#include "plan/stage.h"
#include "spec/field.h"

bool stage_output_write(const char *folder, const char *file, const void *value,
                        const SpecTable *table, Arena *arena, Error *err) MUST_USE;

/* From the folder of a finished stage. What is missing, of another type or out of its range is an error that says
 * where and what to do. */
bool stage_output_read(void *value, const SpecTable *table, const Stage *stage, const char *file,
                       Arena *arena, Error *err) MUST_USE;

/* The error: `what` is wrong in a file of the stage. Always returns false. */
bool stage_output_wrong(const Stage *stage, const char *file, const char *what, Error *err);

#endif
