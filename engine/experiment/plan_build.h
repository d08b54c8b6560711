/* From a resolved experiment to its plan. */
#ifndef EXPERIMENT_PLAN_BUILD_H
#define EXPERIMENT_PLAN_BUILD_H

#include "experiment/plan.h"

/* Builds the graph in the arena and finds out what is done. Nothing is fetched or run. */
bool plan_build(Plan *plan, const Experiment *experiment, const PlanPlaces *places,
                const Kernels *kernels, Arena *arena, Error *err) MUST_USE;

#endif
