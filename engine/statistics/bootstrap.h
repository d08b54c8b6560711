/* Two-level bootstrap of a task's scores: over fine-tuning seeds and over test examples.
 *
 * A draw resamples the seeds, then the examples, computes the score of each drawn seed on the drawn
 * examples, and takes the mean. All cells of a task share the draws: they were scored on the same examples
 * and have the same seeds, so differences of their draws are draws of the paired difference.
 *
 * Of S seeds, S - 1 are drawn: with so few, drawing S would make the variance of the mean too small by
 * (S - 1) / S (Rao and Wu 1988). With one seed only examples are resampled, and the interval says nothing
 * about other seeds.
 *
 * The numbers depend on the data and the site alone, not on threads or on which other tasks there are. */
#ifndef STATISTICS_BOOTSTRAP_H
#define STATISTICS_BOOTSTRAP_H

#include "base/arena.h"
#include "statistics/statistics.h"

typedef struct BootstrapTask {
    StatisticsScore *score;
    int n_examples, n_cells, n_seeds;
    const double *truth; /* [n_examples] */
    const double *const
        *predicted; /* [n_cells * n_seeds], each [n_examples]; seeds of a cell together */
    unsigned site;  /* < 2^24: gives each task its own random numbers */
} BootstrapTask;

/* draws [n_cells][STATISTICS_DRAWS] */
bool bootstrap_scores(double *draws, const BootstrapTask *task, Arena *scratch,
                      Error *err) MUST_USE;

/* Several sums over the same units (documents): of each, the total of `unit` over the total of `weight`. A
 * draw resamples the units, for all sums at once; where it gets no weight at all it is `value`. */
typedef struct BootstrapRatios {
    int n_units, n_ratios;
    const double *const *unit, *const *weight; /* [n_ratios], each [n_units] */
    const double *value;                       /* [n_ratios]: of all units */
    unsigned site;
} BootstrapRatios;

/* draws [n_ratios][STATISTICS_DRAWS] */
bool bootstrap_ratios(double *draws, const BootstrapRatios *ratios, Arena *scratch,
                      Error *err) MUST_USE;

/* draws [STATISTICS_DRAWS] of the median of n values, n >= 1. */
bool bootstrap_medians(double *draws, const double *value, int n, unsigned site, Arena *scratch,
                       Error *err) MUST_USE;

#endif
