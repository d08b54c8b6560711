/* Through plans. */
#ifndef EXPERIMENT_PLAN_RUN_H
#define EXPERIMENT_PLAN_RUN_H

#include "experiment/plan_listener.h"

/* Runs every stage that is needed and not done, several at a time: `jobs` processes (0: one a thread) share the stages
 * and the threads. Numbers depend on neither.
 *
 * A stage that fails ends the plans that need it, and its error is among those of `err`; other plans go on. Where none
 * is left, or when asked to stop, what is running keeps what it can go on from. */
bool plan_run(PlanUnion *all, int jobs, const PlanListener *listener, Error *err) MUST_USE;

#endif
