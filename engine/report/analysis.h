/* From the runs of an outcome to what a result says: scores with intervals, paired effects, probes, verdicts.
 *
 * What varies in the intervals of scores is the fine-tuning seed and the test example; there is one
 * pre-training, so another might differ by more. */
#ifndef REPORT_ANALYSIS_H
#define REPORT_ANALYSIS_H

#include "experiment/outcome.h"
#include "report/findings.h"

bool analysis_make(Findings *findings, const Outcome *outcome, Arena *arena, Error *err) MUST_USE;

#endif
