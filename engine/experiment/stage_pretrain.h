/* Stage `pretrain`: generative pre-training. Output: see train/pretrain.h. */
#ifndef EXPERIMENT_STAGE_PRETRAIN_H
#define EXPERIMENT_STAGE_PRETRAIN_H

#include "experiment/plan.h"

Stage *stage_pretrain_add(Plan *plan, const PlanCell *cell, Error *err) MUST_USE;

#endif
