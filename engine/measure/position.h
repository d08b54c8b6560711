/* Mean loss by position in the context: what a causal language model makes of more and more predecessors.
 *
 * Measured on the full windows of documents, cut as in training (windows.h): position p (from 1) of a
 * window predicts a token from the p before it. Every full window has every position, so the points of the
 * curve differ in nothing but the position. */
#ifndef MEASURE_POSITION_H
#define MEASURE_POSITION_H

#include "learner/learner.h"
#include "learner/windows.h"

typedef struct PositionReport {
    size_t n_documents; /* with a full window at least */
    int n_positions;    /* the model's context */
    double *loss;       /* [n_positions * n_documents] sums over the windows, in nats */
    double *windows;    /* [n_documents] how many there are */
} PositionReport;

bool position_measure(PositionReport *report, Learner *learner, const TokenFile *file,
                      const bool *wanted, Arena *arena, Error *err) MUST_USE;

#endif
