/* Through a plan. */
#ifndef EXPERIMENT_PLAN_RUN_H
#define EXPERIMENT_PLAN_RUN_H

#include "experiment/plan.h"

/* Runs every stage that is needed and not done, several at a time: `jobs` processes (0: one a thread)
 * share the stages and the threads. Numbers depend on neither. The first that fails stops the others,
 * which keep what they can go on from. */
bool plan_run(Plan *plan, int jobs, Error *err) MUST_USE;

#endif
