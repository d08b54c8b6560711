/* Stage `tokenizer`: learns the tokenizer from the corpus' training documents, or takes over published files.
 * Output: the tokenizer's folder (text/tokenizer.h). */
#ifndef STAGES_STAGE_TOKENIZER_H
#define STAGES_STAGE_TOKENIZER_H

#include "stages/stage_row.h"
#include "text/tokenizer.h"

extern const StageRow stage_tokenizer;

/* The tokenizer among the inputs of a run. */
Tokenizer *stage_tokenizer_load(const StageRun *run, Error *err) MUST_USE;

#endif
