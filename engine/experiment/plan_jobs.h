/* A run by several processes that share stages and threads (plan_run.h). */
#ifndef EXPERIMENT_PLAN_JOBS_H
#define EXPERIMENT_PLAN_JOBS_H

#include "experiment/plan_listener.h"

void plan_jobs_run(PlanUnion *all, int jobs, const PlanListener *listener, Error *err);

#endif
