/* A run by several processes that share stages and threads. */
#ifndef EXPERIMENT_PLAN_JOBS_H
#define EXPERIMENT_PLAN_JOBS_H

#include "experiment/plan.h"

bool plan_jobs_run(Plan *plan, int jobs, Error *err) MUST_USE;

#endif
