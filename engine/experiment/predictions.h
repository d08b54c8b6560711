/* What a finished run predicts, as files for people, for other programs, and for servers of benchmarks.
 *
 * TASK.csv has a row for each test example and run, one after the other:
 *   cell, seed              the run
 *   row, id                 the example: its place among the test examples, from 1, and the data set's own name of it
 *   truth, prediction       classes by their names, answers by their numbers from 0, or numbers
 *   p_truth, p_NAME, ...    probabilities of the truth and of each class or answer; none of numbers
 *   text, ...               what was asked, where the data set's files are here
 *
 * A task with rows whose labels only a server knows has a file for it as well, of one run (submission.h). */
#ifndef EXPERIMENT_PREDICTIONS_H
#define EXPERIMENT_PREDICTIONS_H

#include "experiment/submission.h"

typedef struct PredictionsChoice {
    const char *cell;   /* NULL: all; for a server the first */
    int64_t seed;       /* negative: all; for a server the first */
    const char *folder; /* that is written to; made when it is not there */
} PredictionsChoice;

typedef struct PredictionsFile {
    const char *path;
    const char *task;
    int n_examples, n_runs;
    bool has_texts;
    SubmissionFile submission;
} PredictionsFile;

/* Writes the files of each of the plan's tasks: [n_tasks], in the arena. Nothing is written unless all runs are
 * done. */
bool predictions_write(PredictionsFile *files, const Plan *plan, const PredictionsChoice *choice,
                       Arena *arena, Error *err) MUST_USE;

#endif
