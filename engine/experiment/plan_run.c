#include "experiment/plan_run.h"

#include "base/interrupt.h"
#include "base/log.h"
#include "base/parallel.h"
#include "base/process.h"
#include "experiment/plan_jobs.h"
#include "experiment/plan_progress.h"
#include "plan/stage_run.h"
#include "stages/estimate.h"

/* --- data ----------------------------------------------------------------------------------------- */

/* Fetched for a plan before this one. */
static bool is_fetched(const PlanUnion *all, int p, const char *name)
{
    for (int before = 0; before < p; before++)
        if (!plan_union_is_complete(all->items[before].plan) &&
            data_shelf_has(all->items[before].plan->data, name))
            return true;
    return false;
}

/* All data first: what is missing is told before hours of work, not after. False: asked to stop. */
static bool fetch(PlanUnion *all, Error *err)
{
    for (int p = 0; p < all->n; p++) {
        const Plan *plan = all->items[p].plan;
        if (plan_union_is_complete(plan)) continue;
        for (const DataShelfItem *item = plan->data->first; item; item = item->next) {
            Error why = {0};
            if (is_fetched(all, p, item->name) || dataset_fetch(item->dataset, &why)) continue;
            if (why.kind == ERROR_INTERRUPTED) return error_add(err, &why);
            plan_union_fail_data(all, item->name, &why, err);
        }
    }
    return true;
}

/* --- what stages will take ------------------------------------------------------------------------ */

/* In a process of its own: this one starts others, and may have no threads yet. */
static void measure(int socket, void *context)
{
    const PlanUnion *all = context;
    EstimateRates rates;
    Error unused = {0};
    if (estimate_rates(&rates, &all->graph, all->items[0].plan->kernels, &unused))
        (void)!process_send(socket, &rates, sizeof rates);
}

/* Without an estimate, which takes longer than what is to be estimated, or cannot be made, nothing is said of the time
 * that is left. */
static void estimate(PlanUnion *all)
{
    const double worth_measuring_flops = 5e10;
    ProcessGroup group = {0};
    EstimateRates rates;
    Error unused = {0};
    size_t size;
    int ended_by;
    const double left = graph_left(&all->graph, plan_union_count(all).n_candidates);
    if (left < worth_measuring_flops || parallel_started() ||
        !process_start(&group, measure, all, &unused))
        return;
    const bool measured = process_receive(group.item[0].socket, &rates, sizeof rates, &size);
    process_end(&ended_by, &group.item[0]);
    if (measured && size == sizeof rates) estimate_seconds(&all->graph, &rates);
}

/* --- in this process ------------------------------------------------------------------------------ */

typedef struct Here {
    PlanProgress progress;
    PlanProgressStage running;
    Stage *stage; /* that is running */
} Here;

static void pass_progress(const ProgressUpdate *update, void *context)
{
    Here *here = context;
    PlanProgressStage *const running[] = {&here->running};
    plan_progress_pass(&here->progress, running, 1);
    if (plan_progress_read(&here->running.state, update, here->stage))
        plan_progress_show(&here->progress, running, 1);
}

/* Of the first plan that has any, the first in an order in which inputs come first; negative: nothing is left to do. */
static int next(const PlanUnion *all)
{
    int best = -1;
    for (int i = 0; i < all->graph.n; i++)
        if (stage_is_ready(all->graph.stages[i]) && (best < 0 || all->first[i] < all->first[best]))
            best = i;
    return best;
}

static bool run_watched(Here *here, Error *err)
{
    const ProgressTeller outer = here->progress.teller;
    PlanProgressStage *const running[] = {&here->running};
    here->running = (PlanProgressStage){.stage = here->stage};
    plan_progress_pass(&here->progress, NULL, 0);
    progress_install(pass_progress, here);
    bool ok = stage_run(here->stage, err);
    progress_install(outer.sink, outer.context);
    plan_progress_pass(&here->progress, running, 1);
    return ok;
}

/* False: asked to stop. */
static bool run_one(Here *here, PlanUnion *all, int stage, Error *err)
{
    Error why = {0};
    here->stage = all->graph.stages[stage];
    if (!interrupt_check(err)) return false;
    bool ok = run_watched(here, &why);
    if (why.kind == ERROR_INTERRUPTED) return error_add(err, &why);
    if (ok) plan_union_stage_done(all, stage, err);
    else plan_union_fail_stage(all, stage, &why, err);
    if (ok) plan_progress_done(&here->progress, &here->running);
    else plan_progress_count(&here->progress);
    return true;
}

/* What is done may decide what else is needed, so it is asked again each time. */
static void run_here(PlanUnion *all, const PlanListener *listener, Error *err)
{
    Here here;
    int stage;
    plan_progress_begin(&here.progress, all);
    while ((stage = next(all)) >= 0) {
        plan_listener_tell(listener, all, err);
        if (!run_one(&here, all, stage, err)) return;
    }
    if (here.progress.shown.n_done > 0) plan_progress_end(&here.progress);
    plan_listener_tell(listener, all, err);
}

/* --- the whole ------------------------------------------------------------------------------------ */

static bool check_stored(PlanUnion *all, Error *err)
{
    for (int i = 0; i < all->graph.n; i++)
        if (!interrupt_check(err) || !stage_run_check(all->graph.stages[i], err)) return false;
    return true;
}

static PlanCounts count(const PlanUnion *all)
{
    PlanCounts counts = plan_union_count(all);
    if (counts.if_chosen > 0)
        log_info("%d stages, %d to do, %d of which only if their candidate is chosen", all->graph.n,
                 counts.to_do + counts.if_chosen, counts.if_chosen);
    else log_info("%d stages, %d to do", all->graph.n, counts.to_do);
    return counts;
}

bool plan_run(PlanUnion *all, int jobs, const PlanListener *listener, Error *err)
{
    if (!check_stored(all, err)) return false;
    plan_union_settle(all, err);
    PlanCounts counts = count(all);
    if (!fetch(all, err)) return false;
    estimate(all);
    if (jobs == 0) jobs = parallel_threads();
    if (jobs > counts.to_do) jobs = counts.to_do;
    if (jobs > PROCESS_MOST) jobs = PROCESS_MOST;
    if (jobs > 1) plan_jobs_run(all, jobs, listener, err);
    else run_here(all, listener, err);
    return err->n_errors == 0;
}
