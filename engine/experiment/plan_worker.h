/* A worker process of a run, and what it says. */
#ifndef EXPERIMENT_PLAN_WORKER_H
#define EXPERIMENT_PLAN_WORKER_H

#include <stdatomic.h>

#include "base/log.h"
#include "base/process.h"
#include "experiment/plan_progress.h"

/* What a worker knows from its start. It is then sent numbers of stages, an int each. */
typedef struct PlanWorker {
    const Graph *graph;
    atomic_int *threads; /* in shared memory: how many it may use just now */
} PlanWorker;

typedef enum PlanMessageType { PLAN_LOG, PLAN_PROGRESS, PLAN_DONE, PLAN_FAILED } PlanMessageType;

/* What a worker says. */
typedef struct PlanMessage {
    PlanMessageType type;
    LogLevel level; /* PLAN_LOG */
    union {
        char line[4096];         /* PLAN_LOG */
        PlanProgressState state; /* PLAN_PROGRESS */
        Error error;             /* PLAN_FAILED */
    };
} PlanMessage;

ProcessBody plan_worker_run; /* context: a PlanWorker */

#endif
