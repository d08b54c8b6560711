/* From the runs of an outcome to what a result says: scores with intervals, paired effects, probes, verdicts.
 *
 * What varies in the intervals of scores is the fine-tuning seed and the test example; there is one
 * pre-training, so another might differ by more. */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H

#include "experiment/outcome.h"
#include "result/findings.h"

bool analysis_make(Findings *findings, const Outcome *outcome, Arena *arena, Error *err) MUST_USE;

#endif
