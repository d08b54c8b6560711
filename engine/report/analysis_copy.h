/* The numbers of a result that are only taken over from an outcome: tasks, cells, runs, pre-trainings. */
#ifndef REPORT_ANALYSIS_COPY_H
#define REPORT_ANALYSIS_COPY_H

#include "experiment/outcome.h"
#include "report/numbers.h"

/* The other lists of `numbers` are empty after it. */
bool analysis_copy(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err) MUST_USE;

#endif
