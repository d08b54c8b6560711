/* How fast an architecture learns from sequences of a given length: tokens a second of whole updates of
 * pre-training (pretrain_step.h) on random tokens. The learning rate is 0, so every update does the same
 * work on the same numbers.
 *
 * Rates are of this machine, as it is now, and no part of what a result must reproduce. */
#ifndef TRAIN_RATE_H
#define TRAIN_RATE_H

#include "learner/learner.h"

typedef struct RateJob {
    const SpecEntryChoice *model; /* its context is the length */
    const Kernels *kernels;
    int n_text;
    int n_tokens; /* of an update, one pass; a multiple of the length */
    int n_timings;
} RateJob;

LearnerSetup rate_setup(const RateJob *job);

/* tokens_a_second [n_timings]: each of one update or, where that takes less than this, of several; one more comes first
 * and is not counted. */
#define RATE_LEAST_SECONDS 0.1
bool rate_measure(double *tokens_a_second, const RateJob *job, Error *err) MUST_USE;

double rate_median(const double *tokens_a_second, int n, double *scratch);

#endif
