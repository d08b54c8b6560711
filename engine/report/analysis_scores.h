/* Test scores of cells, and paired effects: those that claims name, and the first cell against every
 * other. */
#ifndef REPORT_ANALYSIS_SCORES_H
#define REPORT_ANALYSIS_SCORES_H

#include "report/numbers.h"
#include "report/score_draws.h"

/* A claim on the paired effect of test scores, on all tasks: one that has a row among the effects. */
bool analysis_scores_is_effect(const ExperimentClaim *claim);

/* Fills the scores and effects of `numbers`. */
bool analysis_scores(Numbers *numbers, const ScoreDraws *scores, Arena *arena, Error *err) MUST_USE;

#endif
