/* stage.json: what a finished stage says of itself. In words what it was made from and by what,
 * and which files it left, so that a folder which lost some is found out before anything is
 * computed from it. */
#ifndef PLAN_STAGE_RECORD_H
#define PLAN_STAGE_RECORD_H

#include "plan/stage.h"

/* Into `folder`, which holds all other output already. `seconds` are those of all attempts. */
bool stage_record_write(const Stage *stage, const char *folder, double seconds, Arena *arena,
                        Error *err) MUST_USE;

/* What earlier attempts took that were interrupted or failed, and kept it; 0 when there were none, or
 * they were killed. */
double stage_record_earlier_seconds(const char *folder, Arena *arena);
void stage_record_keep_seconds(const char *folder, double seconds, Arena *arena);

/* stage.json is there, and every file that it lists, with its size. */
bool stage_record_verify(const Stage *stage, Error *err) MUST_USE;

#endif
