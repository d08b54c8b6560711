/* Test scores of an outcome's runs, with their bootstrap draws (bootstrap.h). */
#ifndef ANALYSIS_SCORE_DRAWS_H
#define ANALYSIS_SCORE_DRAWS_H

#include "experiment/outcome.h"
#include "statistics/quantity.h"

typedef struct ScoreDraws {
    const Outcome *outcome;
    size_t n_cells, n_tasks, n_seeds;
    double *draws; /* [n_tasks][n_cells][STATISTICS_DRAWS] */
} ScoreDraws;

/* Every task's runs must have been scored on the same test examples. */
bool score_draws_make(ScoreDraws *scores, const Outcome *outcome, Arena *arena,
                      Error *err) MUST_USE;

const OutcomeRun *score_draws_run(const ScoreDraws *scores, size_t cell, size_t task, size_t seed);

/* [STATISTICS_DRAWS] */
const double *score_draws_at(const ScoreDraws *scores, size_t cell, size_t task);

/* The draws borrowed. */
Quantity score_draws_quantity(const ScoreDraws *scores, size_t cell, size_t task);

#endif
