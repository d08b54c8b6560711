/* Stage `tokens`: the corpus as token ids. Output: tokens.bin with tokens.json
 * (text/token_file.h). */
#ifndef EXPERIMENT_STAGE_TOKENS_H
#define EXPERIMENT_STAGE_TOKENS_H

#include "experiment/plan.h"

Stage *stage_tokens_add(Plan *plan, const PlanCell *cell, Error *err) MUST_USE;

#endif
