/* How far a run is: one line for all of its stages, in operations, with the time that is left. */
#ifndef EXPERIMENT_PLAN_PROGRESS_H
#define EXPERIMENT_PLAN_PROGRESS_H

#include "base/progress.h"
#include "experiment/plan_union.h"

typedef struct PlanProgress {
    const PlanUnion *all;
    double left, finished; /* operations of what is to do and of what was done */
    int n_left, n_finished;
    Progress shown;
} PlanProgress;

void plan_progress_begin(PlanProgress *progress, const PlanUnion *all);

/* Counts again what is left, which a choice or a failure has changed; `done` has just been run, NULL: none. */
void plan_progress_count(PlanProgress *progress, const Stage *done);

/* `under_way`: operations done of the stages that are running; `doing`: one of them in words, or "". */
void plan_progress_show(PlanProgress *progress, double under_way, const char *doing);

void plan_progress_end(PlanProgress *progress);

/* A stage that is running, by its own account. */
typedef struct PlanProgressStage {
    double fraction;
    char doing[160]; /* what, and how it goes */
} PlanProgressStage;

/* False, and nothing said: the update is of lesser work than what the stage mostly does. */
bool plan_progress_read(PlanProgressStage *state, const ProgressUpdate *update, const Stage *stage);

#endif
