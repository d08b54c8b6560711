/* Inside of plan_run: which stage is next, and the worker processes that run them. */
#ifndef EXPERIMENT_PLAN_RUN_H
#define EXPERIMENT_PLAN_RUN_H

#include <stdatomic.h>

#include "base/log.h"
#include "base/process.h"
#include "experiment/plan.h"

/* --- what is next (plan_schedule.c) --------------------------------------------------------------- */

bool plan_schedule_is_ready(const Stage *stage); /* to do, and all that it reads is done */

/* For each stage the operations of the longest chain that begins with it: what is longest is begun
 * first, so that at the end nobody waits for it. [n_stages] */
double *plan_schedule_chains(const Plan *plan, Error *err) MUST_USE;

/* Shares n_threads out to n stages that run at a time, with these chains: equally, at least one each, and
 * what is left over to the longest. */
void plan_schedule_threads(int *threads, const double *chain, int n, int n_threads);

/* --- workers (plan_worker.c) ---------------------------------------------------------------------- */

/* What a worker knows from its start. It is then sent numbers of stages, an int each. */
typedef struct PlanWorker {
    Plan *plan;
    atomic_int *threads; /* in shared memory: how many it may use just now */
} PlanWorker;

typedef enum PlanMessageType { PLAN_LOG, PLAN_PROGRESS, PLAN_DONE, PLAN_FAILED } PlanMessageType;

/* What a worker says. */
typedef struct PlanMessage {
    PlanMessageType type;
    LogLevel level;  /* PLAN_LOG */
    double fraction; /* PLAN_PROGRESS: of the stage that is done */
    union {
        char line[4096]; /* PLAN_LOG; PLAN_PROGRESS: what is done, and how it goes */
        Error error;     /* PLAN_FAILED */
    };
} PlanMessage;

ProcessBody plan_worker_run; /* context: a PlanWorker */

/* --- sharing out (plan_jobs.c) -------------------------------------------------------------------- */

bool plan_jobs_run(Plan *plan, int jobs, Error *err) MUST_USE;

#endif
