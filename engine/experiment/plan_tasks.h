/* The data sets of a plan: what may be fine-tuned on, what is done without, by which metric. */
#ifndef EXPERIMENT_PLAN_TASKS_H
#define EXPERIMENT_PLAN_TASKS_H

#include "experiment/plan.h"

/* Opens the experiment's tasks and zero-shot tasks; those that cannot be used so are refused. */
bool plan_tasks_open(Plan *plan, Error *err) MUST_USE;

#endif
