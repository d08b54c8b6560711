/* What a plan refuses, because a run would fail on it later: asked of the kinds of stages, all at once. */
#ifndef EXPERIMENT_PLAN_REFUSALS_H
#define EXPERIMENT_PLAN_REFUSALS_H

#include "experiment/plan.h"

/* Everything that a cell's stages refuse, each thing once however many refuse it. Its tokenizer and tokens are
 * planned. */
bool plan_refusals_check(const Plan *plan, const PlanCell *cell, Error *err) MUST_USE;

/* Again of the cells whose corpus `done` has encoded, if that is what it is: how much text there is is known only
 * then, and is said before anything is trained on it. */
bool plan_refusals_check_again(const Plan *plan, const Stage *done, Error *err) MUST_USE;

#endif
