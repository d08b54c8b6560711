/* Which tasks a claim is judged on. */
#ifndef ANALYSIS_CLAIM_TASKS_H
#define ANALYSIS_CLAIM_TASKS_H

#include "analysis/measure.h"

typedef struct ClaimTasks {
    size_t n;
    size_t *items; /* positions among the measure's tasks, rising */
    const char *
        title; /* of all of them together: NUMBERS_ALL_TASKS, or as the claim names those that are measured */
} ClaimTasks;

/* `named` empty: all that are measured. Of an odd number of tasks the middle one is neither among the largest
 * nor among the smallest. */
bool claim_tasks_make(ClaimTasks *tasks, const Measures *measures, ClaimOn on,
                      const TextList *named, Arena *arena, Error *err) MUST_USE;

#endif
