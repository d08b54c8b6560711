/* What a finished run predicts, as tab-separated files for people and for servers of benchmarks.
 *
 * A task with rows whose labels only a server knows (SPLIT_SUBMISSION): they are scored now, by the
 * fine-tuned weights in the store, and written as the server of GLUE wants them, a line
 * "index<TAB>prediction" a row, counted from 0 in the order of the data set; classes in the data set's
 * own words, numbers cut off at the ends of their range. The file has the name that the manifest
 * gives as `submission_file`.
 *
 * Any other task: NAME.tsv with the predictions of its test split, the truth beside them. */
#ifndef EXPERIMENT_PREDICTIONS_H
#define EXPERIMENT_PREDICTIONS_H

#include "experiment/plan.h"

typedef struct PredictionsChoice {
    const char *cell;   /* NULL: the first */
    int64_t seed;       /* negative: the first */
    const char *folder; /* that is written to; made when it is not there */
} PredictionsChoice;

typedef struct PredictionsFile {
    const char *path;
    int n; /* rows */
    bool for_server;
} PredictionsFile;

/* Writes one file for each of the plan's tasks: [n_tasks], in the arena. */
bool predictions_write(PredictionsFile *files, const Plan *plan, const PredictionsChoice *choice,
                       Arena *arena, Error *err) MUST_USE;

#endif
