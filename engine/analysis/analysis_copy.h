/* The numbers of a result that are only taken over from an outcome: tasks, cells, runs, pre-trainings. */
#ifndef ANALYSIS_ANALYSIS_COPY_H
#define ANALYSIS_ANALYSIS_COPY_H

#include "experiment/outcome.h"
#include "result/numbers.h"

/* The other lists of `numbers` are empty after it. */
bool analysis_copy(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err) MUST_USE;

#endif
