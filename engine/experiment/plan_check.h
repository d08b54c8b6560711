/* Finished stages of a plan, for commands that read them without running anything. */
#ifndef EXPERIMENT_PLAN_CHECK_H
#define EXPERIMENT_PLAN_CHECK_H

#include "experiment/plan.h"

/* Whether the files of one that is done are what was written; else an error that names the file, and the run that
 * makes it again. */
bool plan_check_stage(const Plan *plan, const Stage *stage, Error *err) MUST_USE;

/* The same of all that the plan needs and that are done. */
bool plan_check_stages(const Plan *plan, Error *err) MUST_USE;

#endif
