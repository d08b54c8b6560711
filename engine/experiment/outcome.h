/* What a finished plan hands to the report: every run with its scores and predictions, and where
 * the stages' outputs lie. Plain data in one arena. */
#ifndef EXPERIMENT_OUTCOME_H
#define EXPERIMENT_OUTCOME_H

#include "data/dataset.h"
#include "experiment/plan.h"

/* Scores of one split. */
typedef struct OutcomeSplit {
    int n;           /* examples */
    double score;    /* the task's metric */
    bool degenerate; /* the metric was undefined or the predictions constant */
    double accuracy;
    double loss;     /* mean cross-entropy */
    const char **id; /* [n], in the order of the data set: the same for every run of a task */
    int *label, *predicted; /* [n] */
} OutcomeSplit;

/* One (cell, task, seed). */
typedef struct OutcomeRun {
    int cell, task; /* indices into the experiment's lists */
    int64_t seed;
    OutcomeSplit validation, test;
    int64_t best_epoch, parameters, train_examples;
    double seconds;
    const char *finetune_folder; /* curve.csv, epochs.csv, finetune.json */
    const char *evaluate_key, *finetune_key;
} OutcomeRun;

/* The pre-training of one cell; cells may share one. */
typedef struct OutcomePretrain {
    bool present;
    const char *key;
    const char *folder; /* curve.csv, held_out_curve.csv, held_out.csv, pretrain.json */
    int64_t parameters, tokens, updates;
    double held_out_perplexity;
    double seconds;
    const char *sample; /* text sampled from it, seed stated in the report */
} OutcomePretrain;

typedef struct Outcome {
    const Plan *plan; /* experiment, data sets, stages */
    int n_runs;
    OutcomeRun *runs; /* cell-major, then task, then seed */
    int n_cells;
    OutcomePretrain *pretrains; /* [n_cells] */
    double flops, seconds;      /* of all stages, as recorded when they ran */
} Outcome;

/* Reads the outputs of a plan whose stages are all done. */
bool outcome_read(Outcome *outcome, const Plan *plan, Arena *arena, Error *err) MUST_USE;

#endif
