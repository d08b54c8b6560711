/* How well a language model does a task that it was never fine-tuned on (GPT-1, section 5).
 *
 * Each text of an example has a score: the mean log-probability of its scored tokens, or, where whole words
 * are compared (words, last-word, cloze) and for pairs of sentences, their sum; 0 where there is nothing to score. How
 * a model is asked for them its objective says (measure/likelihood.h). Predictions:
 *
 *   acceptability             1 when the score is above a threshold: the one that gives the best metric on
 *                             the validation examples, tried half-way between neighbouring scores, the
 *                             lowest of equals
 *   words, choice, winograd, cloze
 *                             the text with the highest score, the first of equals
 *   minimal-pairs             1 when the good sentence is likelier than the bad one
 *   last-word                 1 when the likeliest continuation, token by token, is the word */
#ifndef MEASURE_ZERO_SHOT_H
#define MEASURE_ZERO_SHOT_H

#include "learner/learner.h"
#include "task/continuations.h"
#include "task/metric.h"

typedef struct ZeroShot {
    DatasetHeuristic heuristic;
    const Metric *metric;
    const Continuations *test;
    const Continuations *validation; /* of acceptability only */
} ZeroShot;

typedef struct ZeroShotScores {
    double value; /* the metric on the test examples */
    bool degenerate;
    double *predicted; /* [n] test examples */
    double *score;     /* [n_texts] of the test examples */
    double threshold;  /* of acceptability */
    double perplexity; /* of last-word: exp of the mean over examples of -log P(word) */
} ZeroShotScores;

bool zero_shot_score(ZeroShotScores *scores, Learner *learner, const ZeroShot *zero_shot,
                     const char *title, Arena *arena, Error *err) MUST_USE;

#endif
