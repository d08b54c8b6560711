/* Inside of plan_run: which stage is next, and the worker processes that run them. */
#ifndef EXPERIMENT_PLAN_RUN_H
#define EXPERIMENT_PLAN_RUN_H

#include "base/log.h"
#include "base/process.h"
#include "experiment/plan.h"

/* --- what is next (plan_schedule.c) --------------------------------------------------------------- */

bool plan_schedule_is_ready(const Stage *stage); /* to do, and all that it reads is done */

/* For each stage the operations of the longest chain that begins with it: what is longest is begun
 * first, so that at the end nobody waits for it. [n_stages] */
double *plan_schedule_chains(const Plan *plan, Error *err) MUST_USE;

/* How many of `free` threads, of n_threads in all, a stage gets that is one of n_ready for n_idle
 * workers: an equal share; more when its chain alone would take longer than all other work shared out. */
int plan_schedule_threads(int n_threads, int free, int n_ready, int n_idle, double chain,
                          double left);

/* --- workers (plan_worker.c) ---------------------------------------------------------------------- */

/* "Run this stage on so many threads." */
typedef struct PlanOrder {
    int stage, threads;
} PlanOrder;

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

ProcessBody plan_worker_run; /* context: the Plan */

/* --- sharing out (plan_jobs.c) -------------------------------------------------------------------- */

bool plan_jobs_run(Plan *plan, int jobs, Error *err) MUST_USE;

#endif
