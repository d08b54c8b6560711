/* Stage `sample`: text written by the pre-trained model, so that a person can see what was learnt.
 * Output: sample.txt, one paragraph a prompt, the prompt in brackets; where the objective can draw a token anew, given
 * those behind it too, also gibbs.txt, the same by Gibbs sampling (measure/generate.h). */
#ifndef STAGES_STAGE_SAMPLE_H
#define STAGES_STAGE_SAMPLE_H

#include "stages/stage_row.h"

extern const StageRow stage_sample;

typedef struct SampleTexts {
    const char *left_to_right;
    const char *gibbs;    /* NULL: none */
    int64_t gibbs_sweeps; /* of it; 0: none */
} SampleTexts;

/* What a finished one wrote. */
bool stage_sample_read(SampleTexts *texts, const Stage *stage, Arena *arena, Error *err) MUST_USE;

#endif
