/* Stage `sample`: text written by the pre-trained model, so that a person can see what was learnt.
 * Output: sample.txt, one paragraph a prompt, the prompt in brackets. */
#ifndef STAGES_STAGE_SAMPLE_H
#define STAGES_STAGE_SAMPLE_H

#include "stages/stage_row.h"

extern const StageRow stage_sample;

/* What a finished one wrote. */
bool stage_sample_read(const char **text, const Stage *stage, Arena *arena, Error *err) MUST_USE;

#endif
