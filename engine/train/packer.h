/* Packs labelled examples into micro-batches: as many whole examples, in the given order, as
 * fit. */
#ifndef TRAIN_PACKER_H
#define TRAIN_PACKER_H

#include "task/sequences.h"
#include "train/learner.h"

typedef struct Packer {
    int *token;     /* [max_rows] */
    int *start;     /* [max_sequences+1] */
    double *truth;  /* [max_examples] */
    int n_examples; /* in the last micro-batch */
} Packer;

/* Room for the learner's limits. */
bool packer_create(Packer *packer, const Learner *learner, Arena *arena, Error *err) MUST_USE;

/* Packs examples index[0..], at most n, and returns how many were taken (at least 1 when n > 0:
 * limits from packer_limits hold any example). Also sets the head's groups for multiple choice. */
int packer_fill(Packer *packer, Batch *batch, Learner *learner, const Sequences *sequences,
                const uint32_t *index, int n);

/* Limits of a micro-batch that holds `rows` tokens, and at least any one example of any of the
 * sets. */
typedef struct PackerLimits {
    int rows, sequences, examples;
} PackerLimits;
PackerLimits packer_limits(const Sequences *const *sets, int n_sets, int rows);

#endif
