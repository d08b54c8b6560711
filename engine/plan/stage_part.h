/* What an interrupted run of a stage left in KEY.part, and whether it can be gone on from. */
#ifndef PLAN_STAGE_PART_H
#define PLAN_STAGE_PART_H

#include "plan/stage.h"

/* For once before a run goes on; the lock is held. Half-written files of a killed process are removed. What is not what
 * was written (base/seal.h), or of another stage, is said in `damage`, which is otherwise left as it is. */
bool stage_part_check(Error *damage, const Stage *stage, const char *part, Arena *arena,
                      Error *err) MUST_USE;

/* Seals are of no use any more once the stage's record lists all files. */
bool stage_part_remove_seals(const char *part, Arena *arena, Error *err) MUST_USE;

#endif
