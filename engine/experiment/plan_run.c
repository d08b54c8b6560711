#include "experiment/plan_run.h"

#include "base/interrupt.h"
#include "base/log.h"
#include "base/parallel.h"
#include "base/process.h"
#include "experiment/plan_jobs.h"
#include "experiment/plan_refusals.h"
#include "experiment/selection.h"
#include "plan/stage_run.h"

/* All data first: what is missing is told before hours of work, not after. */
static bool fetch(const Plan *plan, Error *err)
{
    for (const DataShelfItem *item = plan->data->first; item; item = item->next)
        if (!dataset_fetch(item->dataset, err)) return false;
    return true;
}

/* NULL: nothing is left to do. Stages stand in an order in which inputs come first. */
static Stage *next(const Plan *plan)
{
    for (int i = 0; i < plan->graph.n; i++)
        if (stage_is_ready(plan->graph.stages[i])) return plan->graph.stages[i];
    return NULL;
}

/* What is done may decide what else is needed, so it is asked again each time. */
static bool run_here(Plan *plan, Error *err)
{
    for (Stage *stage; (stage = next(plan));)
        if (!interrupt_check(err) || !stage_run(stage, err) ||
            !plan_refusals_check_again(plan, stage, err) || !selection_decide(plan, err))
            return false;
    return true;
}

bool plan_run(Plan *plan, int jobs, Error *err)
{
    for (int i = 0; i < plan->graph.n; i++)
        if (!interrupt_check(err) || !stage_run_check(plan->graph.stages[i], err)) return false;
    if (!selection_decide(plan, err)) return false;
    PlanCounts counts = plan_count(plan);
    if (counts.if_chosen > 0)
        log_info("%d stages, %d to do, %d of which only if their candidate is chosen",
                 plan->graph.n, counts.to_do + counts.if_chosen, counts.if_chosen);
    else log_info("%d stages, %d to do", plan->graph.n, counts.to_do);
    if (counts.to_do > 0 && !fetch(plan, err)) return false;
    if (jobs == 0) jobs = parallel_threads();
    if (jobs > counts.to_do) jobs = counts.to_do;
    if (jobs > PROCESS_MOST) jobs = PROCESS_MOST;
    return jobs > 1 ? plan_jobs_run(plan, jobs, err) : run_here(plan, err);
}
