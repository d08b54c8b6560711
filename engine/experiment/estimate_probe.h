/* What the stages that measure a language model itself will take (estimate.h). */
#ifndef EXPERIMENT_ESTIMATE_PROBE_H
#define EXPERIMENT_ESTIMATE_PROBE_H

#include "experiment/plan.h"

bool estimate_zero_shot(StageCost *cost, const Plan *plan, const PlanCell *cell,
                        const PlanTask *task, Error *err) MUST_USE;

#endif
