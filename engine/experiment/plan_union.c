#include "experiment/plan_union.h"

#include <stdlib.h>

#include "base/log.h"
#include "experiment/plan_refusals.h"
#include "experiment/selection.h"

/* --- putting together ----------------------------------------------------------------------------- */

typedef struct Ranked {
    Plan *plan;
    double flops; /* that are left to do */
} Ranked;

static int by_flops(const void *a, const void *b)
{
    const Ranked *x = a, *y = b;
    if (x->flops != y->flops) return x->flops < y->flops ? -1 : 1;
    return x->plan < y->plan ? -1 : 1; /* as given */
}

static bool rank(PlanUnion *all, Plan *plans, Arena *arena, Error *err)
{
    Ranked *ranked = arena_alloc(arena, (size_t)all->n, sizeof *ranked, err);
    if (!ranked) return false;
    for (int p = 0; p < all->n; p++)
        ranked[p] =
            (Ranked){&plans[p], graph_left(&plans[p].graph, plan_count(&plans[p]).n_candidates)};
    qsort(ranked, (size_t)all->n, sizeof *ranked, by_flops);
    for (int p = 0; p < all->n; p++) all->items[p] = (PlanUnionItem){.plan = ranked[p].plan};
    return true;
}

static bool add_stages(PlanUnion *all, PlanUnionItem *item, Arena *arena, Error *err)
{
    const Graph *graph = &item->plan->graph;
    int *at = arena_alloc(arena, (size_t)graph->n, sizeof *at, err);
    for (int i = 0; at && i < graph->n; i++)
        if (!graph_take(&at[i], &all->graph, graph->stages[i], err)) return false;
    item->at = at;
    return at != NULL;
}

/* --- what is needed ------------------------------------------------------------------------------- */

/* A stage that a plan finds damaged is done for none. */
static void add_needs(PlanUnion *all, int p)
{
    const PlanUnionItem *item = &all->items[p];
    for (int i = 0; i < item->plan->graph.n; i++) {
        const Stage *own = item->plan->graph.stages[i];
        Stage *stage = all->graph.stages[item->at[i]];
        stage->done &= own->done;
        if (own->need < stage->need) stage->need = own->need;
        if (own->need == STAGE_NEEDED && all->first[item->at[i]] == all->n)
            all->first[item->at[i]] = p;
    }
}

static void sum_up_needs(PlanUnion *all)
{
    for (int i = 0; i < all->graph.n; i++) {
        all->graph.stages[i]->need = STAGE_NOT_CHOSEN;
        all->first[i] = all->n;
    }
    for (int p = 0; p < all->n; p++)
        if (!all->items[p].failed) add_needs(all, p);
}

bool plan_union_open(PlanUnion *all, const char *name, Plan *plans, int n, Arena *arena, Error *err)
{
    *all = (PlanUnion){.name = name, .n = n, .graph = {.arena = arena}};
    all->items = arena_alloc(arena, (size_t)n, sizeof *all->items, err);
    if (!all->items || !rank(all, plans, arena, err)) return false;
    for (int p = 0; p < n; p++)
        if (!add_stages(all, &all->items[p], arena, err)) return false;
    all->first = arena_alloc(arena, (size_t)all->graph.n, sizeof *all->first, err);
    if (all->first) sum_up_needs(all);
    return all->first != NULL;
}

PlanCounts plan_union_count(const PlanUnion *all)
{
    GraphCounts counts = graph_count(&all->graph);
    PlanCounts sum = {counts.to_do, counts.if_chosen, 0};
    for (int p = 0; p < all->n; p++) {
        int n = plan_count(all->items[p].plan).n_candidates;
        if (n > sum.n_candidates) sum.n_candidates = n;
    }
    return sum;
}

/* --- what goes wrong ------------------------------------------------------------------------------ */

bool plan_union_is_complete(const Plan *plan)
{
    PlanCounts counts = plan_count(plan);
    return counts.to_do + counts.if_chosen == 0;
}

bool plan_union_goes_on(const PlanUnion *all)
{
    for (int p = 0; p < all->n; p++)
        if (!all->items[p].failed && !plan_union_is_complete(all->items[p].plan)) return true;
    return false;
}

static void tell(PlanUnion *all, const Error *why, Error *err)
{
    error_add(err, why);
    sum_up_needs(all);
    if (plan_union_goes_on(all)) log_warning("%s\nwhat does not need it goes on", why->text);
}

void plan_union_fail(PlanUnion *all, int item, const Error *why, Error *err)
{
    all->items[item].failed = true;
    tell(all, why, err);
}

void plan_union_fail_stage(PlanUnion *all, int stage, const Error *why, Error *err)
{
    for (int p = 0; p < all->n; p++) {
        PlanUnionItem *item = &all->items[p];
        for (int i = 0; i < item->plan->graph.n; i++)
            if (item->at[i] == stage && item->plan->graph.stages[i]->need == STAGE_NEEDED)
                item->failed = true;
    }
    tell(all, why, err);
}

void plan_union_fail_data(PlanUnion *all, const char *name, const Error *why, Error *err)
{
    for (int p = 0; p < all->n; p++)
        if (data_shelf_has(all->items[p].plan->data, name) &&
            !plan_union_is_complete(all->items[p].plan))
            all->items[p].failed = true;
    tell(all, why, err);
}

/* --- what is done --------------------------------------------------------------------------------- */

void plan_union_settle(PlanUnion *all, Error *err)
{
    for (int p = 0; p < all->n; p++) {
        const PlanUnionItem *item = &all->items[p];
        Error why = {0};
        for (int i = 0; i < item->plan->graph.n; i++)
            item->plan->graph.stages[i]->done = all->graph.stages[item->at[i]]->done;
        if (!item->failed && !selection_decide(item->plan, &why))
            plan_union_fail(all, p, &why, err);
    }
    sum_up_needs(all);
}

static void check_again(PlanUnion *all, int p, int stage, Error *err)
{
    const PlanUnionItem *item = &all->items[p];
    Error why = {0};
    for (int i = 0; i < item->plan->graph.n; i++)
        if (item->at[i] == stage &&
            !plan_refusals_check_again(item->plan, item->plan->graph.stages[i], &why))
            plan_union_fail(all, p, &why, err);
}

void plan_union_stage_done(PlanUnion *all, int stage, Error *err)
{
    plan_union_settle(all, err);
    for (int p = 0; p < all->n; p++)
        if (!all->items[p].failed) check_again(all, p, stage, err);
}
