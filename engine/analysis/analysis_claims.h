/* The verdicts of all claims of an experiment: a row for each task and one for the whole, with what is known
 * of how sure they are. Scores and effects are in `findings` already. */
#ifndef ANALYSIS_ANALYSIS_CLAIMS_H
#define ANALYSIS_ANALYSIS_CLAIMS_H

#include "result/findings.h"
#include "analysis/measure.h"

bool analysis_claims(Findings *findings, const Measures *measures, Arena *arena,
                     Error *err) MUST_USE;

#endif
