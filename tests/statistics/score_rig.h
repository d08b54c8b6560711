/* A score for samples made by hand. */
#ifndef TESTS_SCORE_RIG_H
#define TESTS_SCORE_RIG_H

#include <stdbool.h>

/* The share of right predictions. */
static inline double score_rig_right(const double *truth, const double *predicted, int n,
                                     bool *degenerate)
{
    int right = 0;
    for (int i = 0; i < n; i++) right += truth[i] == predicted[i];
    *degenerate = false;
    return (double)right / n;
}

#endif
