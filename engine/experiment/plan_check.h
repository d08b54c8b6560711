/* Finished stages of a plan, for commands that read them without running anything. */
#ifndef EXPERIMENT_PLAN_CHECK_H
#define EXPERIMENT_PLAN_CHECK_H

#include "experiment/plan_union.h"

/* Whether the files of one that is done are what was written; else an error that names the file, and the run that
 * makes it again. */
bool plan_check_stage(const Plan *plan, const Stage *stage, Error *err) MUST_USE;

/* The same of all that one plan of a union needs and that are done. `held`, of the union's stages: those that were
 * found whole, for this plan or for one before, and are not looked at again. */
bool plan_check_stages(const PlanUnionItem *item, bool *held, Error *err) MUST_USE;

#endif
