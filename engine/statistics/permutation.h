/* Paired permutation test of two cells' scores on one task (approximate randomization, Noreen 1989).
 *
 * Were the two alike, each example's predictions could as well have come from the other: they are swapped
 * example by example, for all seeds of it together, and the p-value is the share of such swaps under which the
 * scores differ at least as much as they do. It asks whether these trained models differ on such examples,
 * and unlike the bootstrap (bootstrap.h) says nothing about other seeds. */
#ifndef STATISTICS_PERMUTATION_H
#define STATISTICS_PERMUTATION_H

#include "base/arena.h"
#include "statistics/statistics.h"

/* Up to so many examples all swaps are tried; beyond, PERMUTATION_DRAWS at random. */
enum { PERMUTATION_EXACT = 12, PERMUTATION_DRAWS = 1999 };

typedef struct PermutationTask {
    StatisticsScore *score;
    int n_examples, n_seeds;
    const double *truth;                        /* [n_examples] */
    const double *const *first, *const *second; /* [n_seeds], each [n_examples] */
    unsigned site;                              /* < 2^24: gives each task its own random numbers */
} PermutationTask;

/* Two-sided. */
bool permutation_p(double *p, const PermutationTask *task, Arena *scratch, Error *err) MUST_USE;

#endif
