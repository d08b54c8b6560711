/* The numbers of a result that are only taken over from an outcome: tasks, cells, runs, pre-trainings. */
#ifndef REPORT_VERSION_FACTS_H
#define REPORT_VERSION_FACTS_H

#include "experiment/outcome.h"
#include "result/numbers.h"

/* The other lists of `numbers` are empty after it. */
bool version_facts(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err) MUST_USE;

#endif
