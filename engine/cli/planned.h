/* The plan of what a command is asked for: one experiment, or all of them. */
#ifndef CLI_PLANNED_H
#define CLI_PLANNED_H

#include "cli/options.h"
#include "experiment/plan_model.h"
#include "experiment/plan_union.h"

/* Reads the experiment of this name at the scale of the options, and plans it. */
bool planned_build(Plan *plan, const char *name, const Options *options, Arena *arena,
                   Error *err) MUST_USE;

/* The same of the experiment that is the command's first word, or, where that is "all", of all that can be asked at the
 * scale; those that cannot are told of and left out. What is wrong is told of all of them. */
bool planned_open(PlanUnion *all, const Options *options, Arena *arena, Error *err) MUST_USE;

/* The model that --cell, --task and --seed name: a language model where there is no task. */
bool planned_model(PlanModelChoice *choice, const Options *options, Error *err) MUST_USE;

#endif
