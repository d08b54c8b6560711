/* Stage `tokenizer`: learns the tokenizer from the corpus' training documents.
 * Output: the tokenizer's folder (text/tokenizer.h). */
#ifndef STAGES_STAGE_TOKENIZER_H
#define STAGES_STAGE_TOKENIZER_H

#include "experiment/plan.h"

Stage *stage_tokenizer_add(Plan *plan, const PlanCell *cell, Error *err) MUST_USE;

#endif
