/* Stage `pretrain`: generative pre-training. Output: see train/pretrain_run.h. */
#ifndef STAGES_STAGE_PRETRAIN_H
#define STAGES_STAGE_PRETRAIN_H

#include "experiment/plan.h"

Stage *stage_pretrain_add(Plan *plan, const PlanCell *cell, Error *err) MUST_USE;

#endif
