/* Stage `tokens`: the corpus as token ids. Output: tokens.bin with tokens.json
 * (text/token_file.h). */
#ifndef STAGES_STAGE_TOKENS_H
#define STAGES_STAGE_TOKENS_H

#include "experiment/plan.h"

Stage *stage_tokens_add(Plan *plan, const PlanCell *cell, Error *err) MUST_USE;

#endif
