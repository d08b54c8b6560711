/* Running one stage. */
#ifndef PLAN_STAGE_RUN_H
#define PLAN_STAGE_RUN_H

#include "plan/stage.h"

/* Runs a sealed stage whose inputs are done: lock, .part folder, stage.json, rename. Does nothing when the stage is
 * done. One that another process is running is waited for, with a line that says whose it is; what it made is then
 * used, and what it left unfinished gone on from. */
bool stage_run(Stage *stage, Error *err) MUST_USE;

/* Whether a stage is done, by what its files are and not by their names alone. One that is damaged is set aside
 * (KEY.damaged), with a warning that names the file, and is then to do. For once before a run reads what is
 * stored. */
bool stage_run_check(Stage *stage, Error *err) MUST_USE;

#endif
