/* Predictions of rows whose labels only a benchmark's server knows (SPLIT_SUBMISSION), as the server of GLUE wants
 * them: a line "index<TAB>prediction" a row, counted from 0 in the order of the data set; classes in the data set's
 * own words, numbers cut off at the ends of their range. */
#ifndef EXPERIMENT_SUBMISSION_H
#define EXPERIMENT_SUBMISSION_H

#include "experiment/plan.h"

typedef struct SubmissionFile {
    /* By the name that the manifest gives as `submission_file`; NULL: the task has no such rows. */
    const char *path;
    int n; /* rows */
} SubmissionFile;

/* Whether what is asked for can be written: its fine-tuning is done, and is what was written. */
bool submission_check(const Plan *plan, const PlanCell *cell, int task, size_t seed,
                      Error *err) MUST_USE;

/* The rows are scored now, by the fine-tuned weights in the store. */
bool submission_write(SubmissionFile *file, const Plan *plan, const PlanCell *cell, int task,
                      size_t seed, const char *folder, Arena *arena, Error *err) MUST_USE;

#endif
