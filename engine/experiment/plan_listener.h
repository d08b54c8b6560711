/* Who is told of a plan as soon as all of its stages are done, while those of others may be running. */
#ifndef EXPERIMENT_PLAN_LISTENER_H
#define EXPERIMENT_PLAN_LISTENER_H

#include "experiment/plan_union.h"

typedef struct PlanListener {
    bool (*finished)(const Plan *plan, void *context, Error *err); /* false: the plan failed */
    void *context;
} PlanListener;

/* Of plans that have finished and were not told of yet. Those that fail at that add to `err`. */
void plan_listener_tell(const PlanListener *listener, PlanUnion *all, Error *err);

#endif
