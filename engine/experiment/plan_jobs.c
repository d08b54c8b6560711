#include "experiment/plan_jobs.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/host.h"
#include "base/interrupt.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "experiment/plan_refusals.h"
#include "experiment/plan_schedule.h"
#include "experiment/plan_worker.h"
#include "experiment/selection.h"

enum { IDLE = -1 };

typedef struct Worker {
    int stage;           /* index in the plan, or IDLE */
    atomic_int *threads; /* that it may use, shared with it */
    double fraction;
    char doing[160]; /* what, and how it goes */
} Worker;

typedef struct Jobs {
    Plan *plan;
    const double *chain; /* [n_stages] */
    ProcessGroup group;
    Worker worker[PROCESS_MOST];
    int n_threads;         /* of all workers together; each that runs has at least one */
    double memory_bytes;   /* that the stages which run at a time may take together */
    double left, finished; /* operations of what is to do and of what was done */
    int n_left, n_finished;
    bool stopping; /* nothing new is begun; err says why */
    Progress progress;
    Error *err;
} Jobs;

static void stop(Jobs *jobs)
{
    if (!jobs->stopping) process_stop(&jobs->group);
    jobs->stopping = true;
}

/* --- what is left --------------------------------------------------------------------------------- */

/* Of the stages that wait for a choice, one candidate's will be run. */
static void sum_up(Jobs *jobs)
{
    const Plan *plan = jobs->plan;
    PlanCounts counts = plan_count(plan);
    jobs->left = 0;
    for (int i = 0; i < plan->graph.n; i++) {
        const Stage *stage = plan->graph.stages[i];
        if (stage_is_to_do(stage)) jobs->left += stage->cost.flops;
        else if (stage->need == STAGE_IF_CHOSEN && !stage->done)
            jobs->left += stage->cost.flops / counts.n_candidates;
    }
    jobs->n_left = counts.to_do;
    if (counts.if_chosen > 0) jobs->n_left += counts.if_chosen / counts.n_candidates;
}

/* Of what is being done, that which most waits for. */
static const char *longest_running(const Jobs *jobs)
{
    const Worker *longest = NULL;
    for (int w = 0; w < jobs->group.n; w++) {
        const Worker *worker = &jobs->worker[w];
        if (worker->stage == IDLE || !worker->doing[0]) continue;
        if (!longest || jobs->chain[worker->stage] > jobs->chain[longest->stage]) longest = worker;
    }
    return longest ? longest->doing : "";
}

static void show_progress(Jobs *jobs)
{
    double done = jobs->finished;
    for (int w = 0; w < jobs->group.n; w++) {
        const Worker *worker = &jobs->worker[w];
        if (worker->stage != IDLE)
            done += worker->fraction * jobs->plan->graph.stages[worker->stage]->cost.flops;
    }
    jobs->progress.total = jobs->finished + jobs->left;
    const char *doing = longest_running(jobs);
    progress_values(&jobs->progress, "%d of %d stages%s%s", jobs->n_finished,
                    jobs->n_finished + jobs->n_left, *doing ? "  " : "", doing);
    progress_report(&jobs->progress, done);
}

/* --- sharing out ---------------------------------------------------------------------------------- */

typedef struct Share {
    int n_idle, n_busy;
    double free_bytes;
    bool taken; /* by a stage that runs alone */
} Share;

static Share what_is_free(const Jobs *jobs)
{
    Share share = {.free_bytes = jobs->memory_bytes};
    for (int w = 0; w < jobs->group.n; w++) {
        if (jobs->worker[w].stage == IDLE) {
            share.n_idle++;
            continue;
        }
        const Stage *stage = jobs->plan->graph.stages[jobs->worker[w].stage];
        share.n_busy++;
        share.taken = stage->kind->alone;
        share.free_bytes -= (double)stage->cost.memory_bytes;
    }
    return share;
}

static bool is_running(const Jobs *jobs, int stage)
{
    for (int w = 0; w < jobs->group.n; w++)
        if (jobs->worker[w].stage == stage) return true;
    return false;
}

static bool fits(const Stage *stage, const Share *share)
{
    if (share->n_busy == 0) return true;
    return !share->taken && !stage->kind->alone &&
           (double)stage->cost.memory_bytes <= share->free_bytes;
}

/* The ready stage with the longest chain. One that must be alone, or takes too much memory beside the
 * others, waits for them. IDLE: none. */
static int choose(const Jobs *jobs, const Share *share)
{
    int best = IDLE;
    for (int i = 0; i < jobs->plan->graph.n; i++) {
        const Stage *stage = jobs->plan->graph.stages[i];
        if (!stage_is_ready(stage) || is_running(jobs, i) || !fits(stage, share)) continue;
        if (best == IDLE || jobs->chain[i] > jobs->chain[best]) best = i;
    }
    return best;
}

/* Whoever runs may use the threads of those that have nothing to do. */
static void share_threads(Jobs *jobs)
{
    int n = 0, threads[PROCESS_MOST];
    double chain[PROCESS_MOST];
    for (int w = 0; w < jobs->group.n; w++)
        if (jobs->worker[w].stage != IDLE) chain[n++] = jobs->chain[jobs->worker[w].stage];
    plan_schedule_threads(threads, chain, n, jobs->n_threads);
    n = 0;
    for (int w = 0; w < jobs->group.n; w++)
        if (jobs->worker[w].stage != IDLE) atomic_store(jobs->worker[w].threads, threads[n++]);
}

static void share_out(Jobs *jobs)
{
    for (;;) {
        Share share = what_is_free(jobs);
        int w = 0, stage = choose(jobs, &share);
        if (stage == IDLE || share.n_idle == 0) return;
        while (jobs->worker[w].stage != IDLE) w++;
        jobs->worker[w].stage = stage;
        jobs->worker[w].fraction = 0;
        jobs->worker[w].doing[0] = '\0';
        share_threads(jobs);
        if (!process_send(jobs->group.item[w].socket, &stage, sizeof stage))
            return; /* it has ended */
    }
}

/* --- what workers say ----------------------------------------------------------------------------- */

static void finish_stage(Jobs *jobs, Worker *worker)
{
    Stage *stage = jobs->plan->graph.stages[worker->stage];
    stage->done = true;
    worker->stage = IDLE;
    jobs->finished += stage->cost.flops;
    jobs->n_finished++;
    if (!jobs->stopping && (!plan_refusals_check_again(jobs->plan, stage, jobs->err) ||
                            !selection_decide(jobs->plan, jobs->err)))
        stop(jobs);
    sum_up(jobs);
}

static void take_message(Jobs *jobs, Worker *worker, const PlanMessage *message)
{
    switch (message->type) {
    case PLAN_LOG:
        if (message->level == LOG_WARNING) log_warning("%s", message->line);
        else if (message->level == LOG_INFO) log_info("%s", message->line);
        else log_detail("%s", message->line);
        break;
    case PLAN_PROGRESS:
        worker->fraction = message->fraction;
        snprintf(worker->doing, sizeof worker->doing, "%.*s", (int)sizeof worker->doing - 1,
                 message->line);
        break;
    case PLAN_DONE: finish_stage(jobs, worker); break;
    case PLAN_FAILED:
        worker->stage = IDLE;
        if (!jobs->stopping)
            *jobs->err = message->error; /* what comes later only stopped as asked */
        stop(jobs);
    }
}

/* It ended without being told to: killed, perhaps for want of memory. */
static void take_end(Jobs *jobs, int w)
{
    int ended_by, stage = jobs->worker[w].stage;
    process_end(&ended_by, &jobs->group.item[w]);
    jobs->group.item[w] = jobs->group.item[--jobs->group.n];
    jobs->worker[w] = jobs->worker[jobs->group.n];
    if (jobs->stopping) return;
    if (ended_by)
        error_set(jobs->err, "a process of this run was ended by signal %d (%s)", ended_by,
                  strsignal(ended_by));
    else error_set(jobs->err, "a process of this run has ended before its work was done");
    if (stage != IDLE)
        error_wrap(jobs->err, "running stage %s (%s)", jobs->plan->graph.stages[stage]->kind->name,
                   jobs->plan->graph.stages[stage]->title);
    error_hint(jobs->err, "the same command again, to go on from there; with fewer jobs if memory "
                          "ran out");
    stop(jobs);
}

static bool is_busy(const Jobs *jobs)
{
    for (int w = 0; w < jobs->group.n; w++)
        if (jobs->worker[w].stage != IDLE) return true;
    return false;
}

static void listen(Jobs *jobs)
{
    const int timeout_ms = 500; /* a signal may come just before the wait */
    bool ready[PROCESS_MOST];
    PlanMessage message;
    size_t size;
    process_wait(ready, &jobs->group, timeout_ms);
    for (int w = jobs->group.n - 1; w >= 0; w--) { /* one that ended is replaced by a later one */
        if (!ready[w]) continue;
        if (process_receive(jobs->group.item[w].socket, &message, sizeof message, &size))
            take_message(jobs, &jobs->worker[w], &message);
        else take_end(jobs, w);
    }
    if (!jobs->stopping && !interrupt_check(jobs->err)) stop(jobs);
    show_progress(jobs);
}

static bool start_workers(Jobs *jobs, int n, Arena *arena, Error *err)
{
    atomic_int *threads = process_share_memory((size_t)n * sizeof *threads, arena, err);
    if (!threads) return false;
    for (int w = 0; w < n; w++) {
        PlanWorker worker = {jobs->plan, &threads[w]};
        jobs->worker[w] = (Worker){.stage = IDLE, .threads = &threads[w]};
        if (!process_start(&jobs->group, plan_worker_run, &worker, err)) return false;
    }
    return true;
}

static void end_workers(Jobs *jobs)
{
    int unused;
    for (int w = 0; w < jobs->group.n; w++) process_end(&unused, &jobs->group.item[w]);
}

bool plan_jobs_run(Plan *plan, int n_jobs, Error *err)
{
    const double share_of_memory = 0.8;
    HostInfo host;
    host_info(&host);
    Jobs *jobs = arena_alloc(plan->arena, 1, sizeof *jobs, err);
    if (!jobs) return false;
    jobs->plan = plan;
    jobs->err = err;
    jobs->chain = graph_chains(&plan->graph, err);
    jobs->n_threads = parallel_threads();
    jobs->memory_bytes = share_of_memory * (double)host.memory_bytes;
    if (!jobs->chain) return false;
    bool started = start_workers(jobs, n_jobs, plan->arena, err);
    if (!started) stop(jobs);
    sum_up(jobs);
    progress_begin(&jobs->progress, "FLOP", jobs->left, 0, "%s", plan->experiment->name);
    if (started && !jobs->stopping) share_out(jobs);
    while (is_busy(jobs)) {
        listen(jobs);
        if (!jobs->stopping) share_out(jobs);
        share_threads(jobs);
    }
    if (!jobs->stopping) progress_end(&jobs->progress);
    end_workers(jobs);
    return !jobs->stopping;
}
