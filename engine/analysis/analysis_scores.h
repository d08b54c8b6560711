/* Test scores of cells, and paired effects: those that claims name, and the first cell against every
 * other. */
#ifndef ANALYSIS_ANALYSIS_SCORES_H
#define ANALYSIS_ANALYSIS_SCORES_H

#include "result/numbers.h"
#include "analysis/score_draws.h"

/* A claim on the paired effect of test scores, on all tasks: one that has a row among the effects. */
bool analysis_scores_is_effect(const ExperimentClaim *claim);

/* Fills the scores and effects of `numbers`. */
bool analysis_scores(Numbers *numbers, const ScoreDraws *scores, Arena *arena, Error *err) MUST_USE;

#endif
