/* Permutation tests of the paired effects that claims name. */
#ifndef ANALYSIS_ANALYSIS_EFFECTS_H
#define ANALYSIS_ANALYSIS_EFFECTS_H

#include "result/findings.h"
#include "analysis/score_draws.h"

bool analysis_effects(Significance *tests, const ScoreDraws *scores, Arena *arena,
                      Error *err) MUST_USE;

#endif
