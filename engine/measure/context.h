/* How well a token is predicted from its k predecessors alone (GPT-1, equation 1: the context window).
 *
 * Protocol: each document with more than `longest` tokens gives the same number of targets, evenly spread
 * among its tokens that have `longest` predecessors. For each k every target is predicted from exactly k
 * tokens, which the model sees as a sequence of their own, at positions 0..k-1. Targets are the same for all
 * k, so the points of the curve differ in nothing but k. */
#ifndef MEASURE_CONTEXT_H
#define MEASURE_CONTEXT_H

#include "learner/learner.h"
#include "text/token_file.h"

typedef struct ContextTargets {
    size_t n_documents; /* that are long enough */
    size_t n;           /* targets, by document */
    uint64_t *token;    /* [n] index in the file */
    size_t *first;      /* [n_documents+1] */
} ContextTargets;

/* `most` targets a document; one with fewer tokens behind the first `longest` gives all of them. */
bool context_targets(ContextTargets *targets, const TokenFile *file, const bool *wanted,
                     int longest, size_t most, Arena *arena, Error *err) MUST_USE;

/* loss[d]: sum of negative log-probabilities of document d's targets, in nats, from k predecessors; k is
 * at most the model's context and the `longest` of the targets. Learner: likelihood_setup. */
bool context_measure(double *loss, Learner *learner, const TokenFile *file,
                     const ContextTargets *targets, int k, Arena *scratch, Error *err) MUST_USE;

#endif
