/* Permutation tests of the paired effects that claims name. */
#ifndef REPORT_ANALYSIS_EFFECTS_H
#define REPORT_ANALYSIS_EFFECTS_H

#include "report/findings.h"
#include "report/score_draws.h"

bool analysis_effects(Significance *tests, const ScoreDraws *scores, Arena *arena,
                      Error *err) MUST_USE;

#endif
