/* Scores labelled examples: the outputs of the head, the predictions, the mean loss. */
#ifndef MEASURE_SCORE_H
#define MEASURE_SCORE_H

#include "learner/packer.h"

typedef struct Scores {
    int n;             /* examples */
    double *predicted; /* [n] classes, answers or numbers */
    int *first;        /* [n+1], outputs of example e are output[first[e]..first[e+1]) */
    float *output;     /* of the head */
    double loss;       /* mean over the examples whose truth is known; 0: none is */
} Scores;

bool score_examples(Scores *scores, Learner *learner, Packer *packer, const Sequences *sequences,
                    Arena *arena, Error *err) MUST_USE;

/* The shares of one example's n outputs by their softmax, of classes or answers: what the model holds likely. The
 * same bits from outputs that were scored and from those that an evaluation stored. */
void score_probabilities(double *probability, const float *output, int n);

#endif
