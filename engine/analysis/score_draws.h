/* Test scores of an experiment's runs, with their bootstrap draws (bootstrap.h). */
#ifndef ANALYSIS_SCORE_DRAWS_H
#define ANALYSIS_SCORE_DRAWS_H

#include "analysis/measured.h"
#include "statistics/quantity.h"

typedef struct ScoreDraws {
    Measured measured;
    size_t n_cells, n_tasks, n_seeds;
    double *draws; /* [n_tasks][n_cells][STATISTICS_DRAWS] */
} ScoreDraws;

bool score_draws_make(ScoreDraws *scores, const Measured *measured, Arena *arena,
                      Error *err) MUST_USE;

const NumbersRun *score_draws_run(const ScoreDraws *scores, size_t cell, size_t task, size_t seed);
const EvidenceRun *score_draws_evidence(const ScoreDraws *scores, size_t cell, size_t task,
                                        size_t seed);

/* The random numbers of a task, whatever is drawn with them. */
unsigned score_draws_site(const char *task);

/* [STATISTICS_DRAWS] */
const double *score_draws_at(const ScoreDraws *scores, size_t cell, size_t task);

/* The draws borrowed. */
Quantity score_draws_quantity(const ScoreDraws *scores, size_t cell, size_t task);

#endif
