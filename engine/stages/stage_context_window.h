/* Stage `context-window`: perplexity of held-out text against the number of tokens that predictions are made
 * from (train/context.h). Output: probe.json, and window-NNNNN.json for each number: losses by document. */
#ifndef STAGES_STAGE_CONTEXT_WINDOW_H
#define STAGES_STAGE_CONTEXT_WINDOW_H

#include "experiment/plan.h"

Stage *stage_context_window_add(Plan *plan, const PlanCell *cell, Error *err) MUST_USE;

#endif
