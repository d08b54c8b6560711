/* From the runs of an outcome to the numbers of a result: scores with intervals, paired effects, verdicts.
 *
 * Effects are those that the claims name, and the first cell against every other. What varies in the
 * intervals is the fine-tuning seed and the test example; there is one pre-training, so another might
 * differ by more. */
#ifndef REPORT_ANALYSIS_H
#define REPORT_ANALYSIS_H

#include "experiment/outcome.h"
#include "report/numbers.h"

bool analysis_make(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err) MUST_USE;

#endif
