/* Stage `evaluate`: scores a fine-tuned model on validation and test. Output: evaluate.json: for
 * each split its scores, and id, truth, prediction and outputs of every example. */
#ifndef STAGES_STAGE_EVALUATE_H
#define STAGES_STAGE_EVALUATE_H

#include "stages/stage_row.h"

extern const StageRow stage_evaluate;

typedef struct EvaluateSplit {
    int64_t examples;
    const char *metric; /* of the task */
    double score;       /* by it */
    bool degenerate;    /* the metric was undefined or the predictions constant */
    double accuracy;    /* share of predictions that are the truth; means nothing for numbers */
    double loss;        /* mean over the examples */
    int64_t sequences, truncated_sequences; /* of the split, and how many of them lost tokens */
    TextList id;                            /* [examples], in the order of the data set */
    RealList truth, predicted;              /* [examples] classes, answers or targets */
    Json *outputs;                          /* a list of numbers for each example */
} EvaluateSplit;

typedef struct EvaluateScores {
    EvaluateSplit validation, test;
} EvaluateScores;

/* Of example e those of its classes or answers are of[first[e]..first[e + 1]). */
typedef struct EvaluateProbabilities {
    int *first; /* [examples + 1]; NULL: the task asks for numbers */
    double *of;
} EvaluateProbabilities;

/* What the outputs of a split say. */
bool stage_evaluate_probabilities(EvaluateProbabilities *probabilities, const EvaluateSplit *split,
                                  const Stage *stage, const StageTask *task, Arena *arena,
                                  Error *err) MUST_USE;

/* What a finished one found, checked: as many values as examples, and classes and answers that the task has. */
bool stage_evaluate_read(EvaluateScores *scores, const Stage *stage, const StageTask *task,
                         Arena *arena, Error *err) MUST_USE;

#endif
