/* stage.json: what a finished stage says of itself. In words what it was made from and by what,
 * and which files it left, so that a folder which lost some is found out before anything is
 * computed from it. */
#ifndef EXPERIMENT_STAGE_RECORD_H
#define EXPERIMENT_STAGE_RECORD_H

#include "experiment/stage.h"

/* Into `folder`, which holds all other output already. */
bool stage_record_write(const Stage *stage, const char *folder, double seconds, Arena *arena,
                        Error *err) MUST_USE;

/* stage.json is there, and every file that it lists, with its size. */
bool stage_record_verify(const Stage *stage, Error *err) MUST_USE;

#endif
