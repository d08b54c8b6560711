/* The plan of the experiment that a command is asked for. */
#ifndef CLI_PLANNED_H
#define CLI_PLANNED_H

#include "cli/options.h"

/* Reads the experiment of this name at the scale of the options, and plans it. */
bool planned_build(Plan *plan, const char *name, const Options *options, Arena *arena,
                   Error *err) MUST_USE;

#endif
