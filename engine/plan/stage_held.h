/* What stages left, for whoever reads it without running anything: held to what was written. */
#ifndef PLAN_STAGE_HELD_H
#define PLAN_STAGE_HELD_H

#include "plan/stage.h"

/* Every file of a finished stage is what was written; else an error that names the one that is not. */
bool stage_held(const Stage *stage, Error *err) MUST_USE;

/* The same of a folder, or of one file, that somebody named, if it is of a finished stage. */
bool stage_held_folder(const char *folder, Arena *arena, Error *err) MUST_USE;
bool stage_held_file(const char *path, Arena *arena, Error *err) MUST_USE;

#endif
