/* Packs labelled examples into micro-batches: as many whole examples, in the given order, as
 * fit. */
#ifndef LEARNER_PACKER_H
#define LEARNER_PACKER_H

#include "learner/learner.h"
#include "task/sequences.h"

typedef struct Packer {
    int *token;  /* [max_rows] */
    int *start;  /* [max_sequences+1] */
    int *second; /* [max_sequences], of Sequences; NULL: the model is told of no segments */
    /* Of text to text: [max_rows], and [max_examples+1] of the examples' sources and the rows that look at each. */
    int *source, *source_start, *looks;
    /* [max_examples], of text to text: the right one of an example's packed answers; -1: not public. */
    int *right;
    double *truth;  /* [max_examples] */
    int n_examples; /* in the last micro-batch */
} Packer;

/* How a learner is set up that runs these sets, fine-tuned or evaluated: a micro-batch of it holds `rows`
 * tokens, and any one example at least. `head` must outlive it. */
LearnerSetup packer_setup(const SpecEntryChoice *model, const Kernels *kernels, TextTokens text,
                          const Head *head, const Sequences *const *sets, int n_sets, int rows,
                          bool training);

/* Room for the learner's limits. */
bool packer_create(Packer *packer, const Learner *learner, Arena *arena, Error *err) MUST_USE;

/* Which sequences of an example of text to text are packed; of others it is always all. */
typedef enum PackerAnswers {
    PACKER_ALL_ANSWERS, /* to be compared */
    PACKER_RIGHT_ANSWER /* to be learnt */
} PackerAnswers;

/* Packs examples index[0..], at most n, and returns how many were taken (at least 1 when n > 0:
 * the limits of packer_setup hold any example). Also sets the head's groups for multiple choice, and of text to text
 * what the learner's rows are to predict. */
int packer_fill(Packer *packer, Batch *batch, Learner *learner, const Sequences *sequences,
                const uint32_t *index, int n, PackerAnswers answers);

#endif
