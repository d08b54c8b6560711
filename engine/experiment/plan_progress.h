/* How far a run is: one line for all of its stages, in operations, with the time that is left. */
#ifndef EXPERIMENT_PLAN_PROGRESS_H
#define EXPERIMENT_PLAN_PROGRESS_H

#include "base/progress.h"
#include "experiment/plan_union.h"

typedef struct PlanProgress {
    const PlanUnion *all;
    double left, finished; /* operations of what is to do and of what was done */
    double resumed;        /* of what was done, by earlier runs: stages that were gone on with */
    int n_left, n_finished;
    Progress shown;
} PlanProgress;

void plan_progress_begin(PlanProgress *progress, const PlanUnion *all);

/* A stage that is running, by its own account. */
typedef struct PlanProgressStage {
    double fraction, fraction_before; /* done; done of it by earlier runs */
    char doing[160];                  /* what, and how it goes */
} PlanProgressStage;

/* Operations of the stages that are running. */
typedef struct PlanProgressRunning {
    double done, resumed;
} PlanProgressRunning;

void plan_progress_add(PlanProgressRunning *running, const PlanProgressStage *state,
                       const Stage *stage);

/* Counts again what is left, which a choice or a failure has changed. */
void plan_progress_count(PlanProgress *progress);

/* The same once a stage has been run. */
void plan_progress_done(PlanProgress *progress, const PlanProgressStage *state, const Stage *stage);

/* `doing`: one of the stages that are running in words, or "". */
void plan_progress_show(PlanProgress *progress, PlanProgressRunning running, const char *doing);

void plan_progress_end(PlanProgress *progress);

/* False, and nothing said: the update is of lesser work than what the stage mostly does. */
bool plan_progress_read(PlanProgressStage *state, const ProgressUpdate *update, const Stage *stage);

#endif
