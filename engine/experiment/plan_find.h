/* What somebody names of a plan: a cell, a task, a seed. An unknown one is told with what there is. */
#ifndef EXPERIMENT_PLAN_FIND_H
#define EXPERIMENT_PLAN_FIND_H

#include "experiment/plan.h"

/* name NULL: the first. NULL: there is none. */
const PlanCell *plan_find_cell(const Plan *plan, const char *name, Error *err) MUST_USE;

/* Position of the task among the experiment's. */
bool plan_find_task(int *position, const Plan *plan, const char *name, Error *err) MUST_USE;

/* Position of the seed among the experiment's; a negative one is the first. */
bool plan_find_seed(size_t *position, const Plan *plan, int64_t seed, Error *err) MUST_USE;

#endif
