/* How far a run is: all of its stages together, with the time that is left, and each one that is running. */
#ifndef EXPERIMENT_PLAN_PROGRESS_H
#define EXPERIMENT_PLAN_PROGRESS_H

#include "base/progress.h"
#include "experiment/plan_left.h"
#include "experiment/plan_union.h"

typedef struct PlanProgress {
    const PlanUnion *all;
    ProgressTeller teller;
    ProgressPlan shown;
    PlanLeft left; /* what this run has done of stages that have ended */
    double begun_seconds,
        passed_seconds; /* when it began, and plan_progress_pass was last called */
} PlanProgress;

/* A stage that is running, by its own account. Plain data, that goes from process to process. */
typedef struct PlanProgressState {
    double fraction, fraction_before; /* done; done of it by earlier runs */
    ProgressWork work;                /* what it does just now */
} PlanProgressState;

/* False, and nothing said: the update is of lesser work than what the stage mostly does, which is told. */
bool plan_progress_read(PlanProgressState *state, const ProgressUpdate *update, const Stage *stage);

typedef struct PlanProgressStage {
    const Stage *stage; /* NULL: none */
    PlanProgressState state;
    double seconds; /* of the whole machine, which those that are running share */
} PlanProgressStage;

void plan_progress_begin(PlanProgress *progress, const PlanUnion *all);

/* The time since it was last called has passed for these. To be called before any of them begins or ends. */
void plan_progress_pass(PlanProgress *progress, PlanProgressStage *const *running, int n);

/* Counts again what is left, which a choice or a failure has changed. */
void plan_progress_count(PlanProgress *progress);

/* The same once a stage has been run. */
void plan_progress_done(PlanProgress *progress, const PlanProgressStage *ended);

/* Tells of it, at most a few times a second; what comes first is told of first. */
void plan_progress_show(PlanProgress *progress, PlanProgressStage *const *running, int n);

void plan_progress_end(PlanProgress *progress);

#endif
