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

/* Among n, the one with the longest chain that has no more than its share yet. */
static int longest(const int *threads, const double *chain, int n, int share)
{
    int best = 0;
    for (int i = 1; i < n; i++) {
        bool has_more = threads[i] > share, best_has = threads[best] > share;
        if (!has_more && (best_has || chain[i] > chain[best])) best = i;
    }
    return best;
}

void plan_schedule_threads(int *threads, const double *chain, int n, int n_threads)
{
    int share = n > 0 && n_threads > n ? n_threads / n : 1;
    for (int i = 0; i < n; i++) threads[i] = share;
    for (int left = n_threads - n * share; left > 0 && n > 0; left--)
        threads[longest(threads, chain, n, share)]++;
}
