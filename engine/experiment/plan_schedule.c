#include <math.h>

#include "experiment/plan_run.h"

bool plan_schedule_is_ready(const Stage *stage)
{
    if (!stage_is_to_do(stage)) return false;
    for (int i = 0; i < stage->n_inputs; i++)
        if (!stage->input[i]->done) return false;
    return true;
}

static int index_of(const Plan *plan, const Stage *stage)
{
    int i = 0;
    while (plan->stages[i] != stage) i++;
    return i;
}

/* Inputs stand before what reads them, so from the last to the first every chain is known in time. */
double *plan_schedule_chains(const Plan *plan, Error *err)
{
    double *chain = arena_alloc(plan->arena, (size_t)plan->n_stages, sizeof *chain, err);
    for (int i = plan->n_stages - 1; chain && i >= 0; i--) {
        const Stage *stage = plan->stages[i];
        chain[i] += stage->cost.flops; /* to the longest of what reads it */
        for (int k = 0; k < stage->n_inputs; k++) {
            double *before = &chain[index_of(plan, stage->input[k])];
            *before = fmax(*before, chain[i]);
        }
    }
    return chain;
}

int plan_schedule_threads(int n_threads, int free, int n_ready, int n_idle, double chain,
                          double left)
{
    /* A stage is done on two threads in more than half the time, so a chain that is only a little too
     * long is better left on fewer. */
    const double tolerance = 0.25;
    int share = free / (n_ready < n_idle ? n_ready : n_idle);
    int wanted = left > 0 ? (int)ceil(n_threads * chain / left - tolerance) : 1;
    int n = wanted > share ? wanted : share;
    if (n > free) n = free;
    if (n > n_threads) n = n_threads;
    return n > 1 ? n : 1;
}
