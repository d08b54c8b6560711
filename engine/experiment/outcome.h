/* What a finished plan hands to the report: every run with its scores and predictions, and where
 * the stages' outputs lie. Plain data in one arena. */
#ifndef EXPERIMENT_OUTCOME_H
#define EXPERIMENT_OUTCOME_H

#include "experiment/outcome_probes.h"
#include "stages/stage_sample.h"

/* Scores of one split. */
typedef struct OutcomeSplit {
    int n;           /* examples */
    double score;    /* the task's metric */
    bool degenerate; /* the metric was undefined or the predictions constant */
    double accuracy; /* share of predictions that are the truth; 0 means nothing for numbers */
    double loss;     /* mean over the examples */
    int sequences, truncated; /* of the split, and how many of them lost tokens */
    const char **id; /* [n], in the order of the data set: the same for every run of a task */
    double *truth, *predicted; /* [n] classes, answers or targets */
} OutcomeSplit;

/* One (cell, task, seed). */
typedef struct OutcomeRun {
    int cell, task; /* indices into the experiment's lists */
    int64_t seed;
    OutcomeSplit validation, test;
    int64_t best_epoch, parameters, train_examples;
    int64_t train_sequences, train_truncated; /* of the whole training split */
    double seconds;
    const char *finetune_folder; /* its courses: train/finetune_run.h */
    const char *evaluate_key, *finetune_key;
} OutcomeRun;

/* The pre-training of one cell; cells may share one. */
typedef struct OutcomePretrain {
    bool present;
    const char *key;
    const char *folder; /* its courses: train/pretrain_run.h */
    int64_t parameters, tokens, updates;
    double held_out_perplexity;
    double held_out_bits_per_byte; /* 0: not known */
    double seconds;
    SampleTexts sample; /* texts that it wrote */
} OutcomePretrain;

/* How the runs of one (cell, task) came by their settings: its candidates, the same for every cell, were
 * all fine-tuned with every seed, and the best on validation data was chosen (experiment/selection.h). The
 * OutcomeRuns are those of the chosen one; test data was scored for no other. */
typedef struct OutcomeSelection {
    int cell, task;
    int n_candidates;
    const ExperimentCandidate *candidates; /* label, path -> value */
    const double *validation; /* [n_candidates * seeds that select] by candidate, then seed */
    const double *mean;       /* [n_candidates] over the seeds */
    int chosen;               /* the largest mean, of equal ones the first */
} OutcomeSelection;

typedef struct Outcome {
    const Plan *plan; /* experiment, data sets, stages */
    int n_runs;
    OutcomeRun *runs; /* cell-major, then task, then seed */
    int n_cells;
    OutcomePretrain *pretrains;   /* [n_cells] */
    int n_selections;             /* 0: the experiment selects nothing */
    OutcomeSelection *selections; /* by cell, then task */
    int n_probes;
    OutcomeProbe *probes;  /* by kind, cell, task */
    double flops, seconds; /* of all stages, as recorded when they ran */
} Outcome;

/* Reads the outputs of a plan whose stages are all done. */
bool outcome_read(Outcome *outcome, const Plan *plan, Arena *arena, Error *err) MUST_USE;

/* One run alone, whose stages are done; cell, task and seed stay as they are. */
bool outcome_read_run(OutcomeRun *run, const StageTask *task, const Stage *finetune,
                      const Stage *evaluate, Arena *arena, Error *err) MUST_USE;

#endif
