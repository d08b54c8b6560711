#include "experiment/plan_jobs.h"

#include <signal.h>
#include <string.h>

#include "base/host.h"
#include "base/interrupt.h"
#include "base/parallel.h"
#include "experiment/plan_progress.h"
#include "experiment/plan_schedule.h"
#include "experiment/plan_worker.h"

enum { IDLE = -1 };

typedef struct Worker {
    int stage;           /* index in the graph, or IDLE */
    atomic_int *threads; /* that it may use, shared with it */
    PlanProgressStage progress;
} Worker;

typedef struct Jobs {
    PlanUnion *all;
    const double *chain; /* [n_stages] */
    ProcessGroup group;
    Worker worker[PROCESS_MOST];
    int n_threads;       /* of all workers together; each that runs has at least one */
    double memory_bytes; /* that the stages which run at a time may take together */
    bool stopping;       /* nothing new is begun; err says why */
    PlanProgress progress;
    Error *err;
} Jobs;

static void stop(Jobs *jobs)
{
    if (!jobs->stopping) process_stop(&jobs->group);
    jobs->stopping = true;
}

static const Stage *stage_of(const Jobs *jobs, const Worker *worker)
{
    return jobs->all->graph.stages[worker->stage];
}

/* --- how far it is -------------------------------------------------------------------------------- */

/* What is being done, that first which most waits for. */
static int list_running(PlanProgressStage *running[PROCESS_MOST], Jobs *jobs)
{
    double chain[PROCESS_MOST];
    int n = 0;
    for (int w = 0; w < jobs->group.n; w++) {
        Worker *worker = &jobs->worker[w];
        if (worker->stage == IDLE) continue;
        int at = n++;
        for (; at > 0 && chain[at - 1] < jobs->chain[worker->stage]; at--) {
            chain[at] = chain[at - 1];
            running[at] = running[at - 1];
        }
        chain[at] = jobs->chain[worker->stage];
        running[at] = &worker->progress;
    }
    return n;
}

static void pass_time(Jobs *jobs)
{
    PlanProgressStage *running[PROCESS_MOST];
    const int n = list_running(running, jobs);
    plan_progress_pass(&jobs->progress, running, n);
}

static void show_progress(Jobs *jobs)
{
    PlanProgressStage *running[PROCESS_MOST];
    const int n = list_running(running, jobs);
    plan_progress_show(&jobs->progress, running, n);
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
        const Stage *stage = stage_of(jobs, &jobs->worker[w]);
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

/* What must be alone would wait long for another moment at which nothing runs. What the first plans need is begun
 * first, so that their results are whole early, and of that the longest chain. */
static bool comes_before(const Jobs *jobs, int a, int b)
{
    const int *first = jobs->all->first;
    const bool alone = jobs->all->graph.stages[a]->kind->alone;
    if (alone != jobs->all->graph.stages[b]->kind->alone) return alone;
    return first[a] != first[b] ? first[a] < first[b] : jobs->chain[a] > jobs->chain[b];
}

/* The ready stage that comes before all others. One that must be alone, or takes too much memory beside the others,
 * waits for them. IDLE: none. */
static int choose(const Jobs *jobs, const Share *share)
{
    int best = IDLE;
    for (int i = 0; i < jobs->all->graph.n; i++) {
        const Stage *stage = jobs->all->graph.stages[i];
        if (!stage_is_ready(stage) || is_running(jobs, i) || !fits(stage, share)) continue;
        if (best == IDLE || comes_before(jobs, i, best)) best = i;
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
        jobs->worker[w].progress = (PlanProgressStage){.stage = jobs->all->graph.stages[stage]};
        share_threads(jobs);
        if (!process_send(jobs->group.item[w].socket, &stage, sizeof stage))
            return; /* it has ended */
    }
}

/* --- what workers say ----------------------------------------------------------------------------- */

/* What is running is of no use where every plan that needs it has failed. */
static void stop_if_in_vain(Jobs *jobs)
{
    if (jobs->err->n_errors > 0 && !plan_union_goes_on(jobs->all)) stop(jobs);
}

static void finish_stage(Jobs *jobs, Worker *worker)
{
    const int stage = worker->stage;
    worker->stage = IDLE;
    jobs->all->graph.stages[stage]->done = true;
    if (!jobs->stopping) plan_union_stage_done(jobs->all, stage, jobs->err);
    plan_progress_done(&jobs->progress, &worker->progress);
    stop_if_in_vain(jobs);
}

/* Once all are stopping, what fails has only stopped as asked. */
static void fail_stage(Jobs *jobs, int stage, const Error *why)
{
    if (jobs->stopping) return;
    if (why->kind == ERROR_INTERRUPTED) {
        error_add(jobs->err, why);
        stop(jobs);
        return;
    }
    plan_union_fail_stage(jobs->all, stage, why, jobs->err);
    plan_progress_count(&jobs->progress);
    stop_if_in_vain(jobs);
}

static void take_message(Jobs *jobs, Worker *worker, const PlanMessage *message)
{
    switch (message->type) {
    case PLAN_LOG:
        if (message->level == LOG_WARNING) log_warning("%s", message->line);
        else if (message->level == LOG_INFO) log_info("%s", message->line);
        else log_detail("%s", message->line);
        break;
    case PLAN_PROGRESS: worker->progress.state = message->state; break;
    case PLAN_DONE: finish_stage(jobs, worker); break;
    case PLAN_FAILED: {
        const int stage = worker->stage;
        worker->stage = IDLE;
        fail_stage(jobs, stage, &message->error);
    }
    }
}

/* It ended without being told to: killed, perhaps for want of memory. The others go on with what does not need the
 * stage that it ran. */
static void take_end(Jobs *jobs, int w)
{
    int ended_by, stage = jobs->worker[w].stage;
    Error why = {0};
    process_end(&ended_by, &jobs->group.item[w]);
    jobs->group.item[w] = jobs->group.item[--jobs->group.n];
    jobs->worker[w] = jobs->worker[jobs->group.n];
    if (ended_by)
        error_set(&why, "a process of this run was ended by signal %d (%s)", ended_by,
                  strsignal(ended_by));
    else error_set(&why, "a process of this run has ended before its work was done");
    if (stage != IDLE)
        error_wrap(&why, "running stage %s (%s)", jobs->all->graph.stages[stage]->kind->name,
                   jobs->all->graph.stages[stage]->title);
    error_hint(&why, "the same command again, to go on from there; with fewer jobs if memory "
                     "ran out");
    if (stage != IDLE) fail_stage(jobs, stage, &why);
    if (jobs->stopping || (stage != IDLE && jobs->group.n > 0)) return;
    if (stage == IDLE) error_add(jobs->err, &why);
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
    const int timeout_ms = 250; /* a signal may come just before the wait */
    bool ready[PROCESS_MOST];
    PlanMessage message;
    size_t size;
    process_wait(ready, &jobs->group, timeout_ms);
    pass_time(jobs);
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
        PlanWorker worker = {&jobs->all->graph, &threads[w]};
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

static bool open_jobs(Jobs *jobs, PlanUnion *all, Error *err)
{
    const double share_of_memory = 0.8;
    HostInfo host;
    host_info(&host);
    *jobs = (Jobs){
        .all = all,
        .chain = graph_chains(&all->graph, err),
        .n_threads = parallel_threads(),
        .memory_bytes = share_of_memory * (double)host.memory_bytes,
        .err = err,
    };
    return jobs->chain != NULL;
}

void plan_jobs_run(PlanUnion *all, int n_jobs, const PlanListener *listener, Error *err)
{
    Arena *arena = all->graph.arena;
    Jobs *jobs = arena_alloc(arena, 1, sizeof *jobs, err);
    if (!jobs || !open_jobs(jobs, all, err)) return;
    if (!start_workers(jobs, n_jobs, arena, err)) stop(jobs);
    plan_progress_begin(&jobs->progress, all);
    if (!jobs->stopping) share_out(jobs);
    while (is_busy(jobs)) {
        if (!jobs->stopping) plan_listener_tell(listener, all, err);
        listen(jobs);
        if (!jobs->stopping) share_out(jobs);
        share_threads(jobs);
    }
    if (!jobs->stopping) plan_progress_end(&jobs->progress);
    end_workers(jobs);
    if (err->kind != ERROR_INTERRUPTED) plan_listener_tell(listener, all, err);
}
