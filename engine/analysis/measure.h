/* What claims are about, as quantities: every measure of an experiment, of one cell and task, at one point.
 * Turned so that more is better (experiment_claim.h, ClaimOn). */
#ifndef ANALYSIS_MEASURE_H
#define ANALYSIS_MEASURE_H

#include "analysis/probe_draws.h"
#include "analysis/score_draws.h"

typedef struct Measures {
    ScoreDraws scores;
    ProbeDraws probes;
} Measures;

typedef struct MeasurePlace {
    ClaimOn on;
    size_t cell,
        other; /* the cell it is compared with, or itself: decides what convergence is up to */
    size_t task, point;
} MeasurePlace;

bool measure_make(Measures *measures, const Measured *measured, Arena *arena, Error *err) MUST_USE;

/* 1 for what is not measured on tasks. */
size_t measure_n_tasks(const Measures *measures, ClaimOn on);
/* NULL for what is not. */
const char *measure_task(const Measures *measures, ClaimOn on, size_t task);
/* Labelled examples that the task's runs were trained on; 0 for zero-shot. */
int64_t measure_train_examples(const Measures *measures, ClaimOn on, size_t task);

/* 0: nothing is measured of this cell; 1 for what is measured once for each cell. */
size_t measure_n_points(const Measures *measures, const MeasurePlace *place);
/* What was resampled for a probe's intervals; 0 for other measures. */
int measure_units(const Measures *measures, const MeasurePlace *place);
double measure_x(const Measures *measures, const MeasurePlace *place); /* of a probe's point */

/* There is such a point. */
bool measure_get(Quantity *quantity, const Measures *measures, const MeasurePlace *place,
                 Arena *arena, Error *err) MUST_USE;

#endif
