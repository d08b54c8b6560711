/* The courses of all trainings, thinned, from the files that training leaves in the store. */
#ifndef REPORT_VERSION_CURVES_H
#define REPORT_VERSION_CURVES_H

#include "experiment/outcome.h"
#include "result/curves.h"

/* numbers: what was taken over from the outcome. */
bool version_curves(Curves *curves, const Outcome *outcome, const Numbers *numbers, Arena *arena,
                    Error *err) MUST_USE;

#endif
