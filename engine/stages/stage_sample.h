/* Stage `sample`: text written by the pre-trained model, so that a person can see what was learnt.
 * Output: sample.txt, one paragraph a prompt, the prompt in brackets. */
#ifndef STAGES_STAGE_SAMPLE_H
#define STAGES_STAGE_SAMPLE_H

#include "experiment/plan.h"

Stage *stage_sample_add(Plan *plan, const PlanCell *cell, Error *err) MUST_USE;

#endif
