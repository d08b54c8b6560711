/* Several plans as one: what is the same stage is one, and each plan's choices and failures are its own. */
#include <criterion/criterion.h>
#include <string.h>

#include "experiment/plan_run.h"
#include "../plan_rig.h"

TestSuite(plan_union, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

#define SHORT "\"pretrain\": {\"tokens\": 500, \"checkpoints\": 1}, \"tasks\": [\"tiny-happy\"]"
#define CHOOSING                                                                                   \
    SHORT ", \"select\": {\"finetune.learning_rate\": [0.0, 0.003]}, \"finetune\": {\"epochs\": "  \
          "1}"
#define FIXED(rate) SHORT ", \"finetune\": {\"epochs\": 1, \"learning_rate\": " rate "}"

static PlanUnion unite(Plan *plans, int n)
{
    PlanUnion all;
    cr_assert(plan_union_open(&all, "several", plans, n, plan_rig_arena(), &err), "%s", err.text);
    return all;
}

static int at(const PlanUnion *all, const Stage *stage)
{
    for (int i = 0; i < all->graph.n; i++)
        if (!strcmp(all->graph.stages[i]->key.text, stage->key.text)) return i;
    return -1;
}

static const PlanUnionItem *item_of(const PlanUnion *all, const Plan *plan)
{
    int p = 0;
    while (all->items[p].plan != plan) p++;
    return &all->items[p];
}

Test(plan_union, of_one_plan_has_its_stages_in_their_order)
{
    Plan plan = plan_rig_build(CHOOSING);
    PlanUnion all = unite(&plan, 1);
    cr_assert_eq(all.graph.n, plan.graph.n);
    for (int i = 0; i < plan.graph.n; i++) {
        const Stage *own = plan.graph.stages[i], *stage = all.graph.stages[i];
        cr_expect_str_eq(stage->key.text, own->key.text);
        cr_expect_eq(stage->need, own->need);
        cr_expect_eq(all.items[0].at[i], i);
        for (int k = 0; k < stage->n_inputs; k++)
            cr_expect_lt(at(&all, own->input[k]), i, "inputs are the union's, and come first");
    }
}

Test(plan_union, equal_stages_of_two_plans_are_one_and_what_costs_less_comes_first)
{
    Plan plans[] = {plan_rig_build("\"tasks\": \"all\", \"pretrain\": {\"tokens\": 500, "
                                   "\"checkpoints\": 1}"),
                    plan_rig_build(PLAN_RIG_SHORT)};
    PlanUnion all = unite(plans, 2);
    cr_expect_eq(all.graph.n, plans[0].graph.n, "the second is part of the first");
    cr_expect_eq(all.items[0].plan, &plans[1]);
    for (int i = 0; i < all.graph.n; i++)
        cr_expect_eq(all.first[i], i < plans[1].graph.n ? 0 : 1, "stage %d", i);
    cr_expect_eq(plan_union_count(&all).to_do, all.graph.n);
}

static int n_told;

static bool count(const Plan *plan, void *context, Error *error)
{
    (void)error, (void)context;
    cr_expect(plan_union_is_complete(plan));
    n_told++;
    return true;
}

static bool go(PlanUnion *all, int jobs)
{
    n_told = 0;
    err = (Error){0};
    return plan_run(all, jobs, &(PlanListener){.finished = count}, &err);
}

/* What one plan has not chosen another may need: it is run, and the first still does without it. */
Test(plan_union, each_plan_chooses_for_itself)
{
    Plan plans[] = {plan_rig_build(CHOOSING), plan_rig_build(FIXED("0.0")),
                    plan_rig_build(FIXED("0.003"))};
    PlanUnion all = unite(plans, 3);
    cr_assert(go(&all, 1), "%s", err.text);
    cr_expect_eq(n_told, 3);
    const PlanCell *cell = &plans[0].cells[0];
    const int chosen = cell->evaluate[0] == cell->candidates[1].evaluate[0];
    const Stage *other = cell->candidates[1 - chosen].evaluate[0];
    cr_expect_eq(other->need, STAGE_NOT_CHOSEN);
    cr_expect_eq(cell->evaluate[0]->need, STAGE_NEEDED);
    cr_expect_eq(all.graph.stages[at(&all, other)]->need, STAGE_NEEDED, "by the other plan");
    for (int p = 0; p < 3; p++)
        for (int i = 0; i < plans[p].graph.n; i++) cr_expect(plans[p].graph.stages[i]->done);
}

Test(plan_union, a_stage_that_fails_fails_the_plans_that_need_it_alone)
{
    Plan plans[] = {plan_rig_build(FIXED("0.0")), plan_rig_build(FIXED("0.003")),
                    plan_rig_build(FIXED("0.003") ", \"seeds\": 2")};
    PlanUnion all = unite(plans, 3);
    const Error why = {.kind = ERROR_FAILED, .n_errors = 1, .length = 3, .text = "why"};
    plan_union_fail_stage(&all, at(&all, plans[1].cells[0].finetune[0]), &why, &err);
    cr_expect_not(item_of(&all, &plans[0])->failed);
    cr_expect(item_of(&all, &plans[1])->failed && item_of(&all, &plans[2])->failed);
    cr_expect_eq(err.n_errors, 1);
    cr_expect(strstr(plan_rig_warnings(), "why"), "%s", plan_rig_warnings());
    cr_expect(plan_union_goes_on(&all));
    for (int i = 0; i < all.graph.n; i++)
        cr_expect_eq(stage_is_to_do(all.graph.stages[i]), all.first[i] < 3);
    cr_expect_not(stage_is_to_do(all.graph.stages[at(&all, plans[2].cells[0].finetune[1])]));
    cr_expect(go(&all, 1), "%s", err.text);
    cr_expect_eq(n_told, 1);
}

Test(plan_union, data_that_cannot_be_had_fail_the_plans_that_read_them)
{
    Plan plans[] = {plan_rig_build(PLAN_RIG_SHORT),
                    plan_rig_build("\"tasks\": [\"tiny-ending\"], \"pretrain\": {\"tokens\": "
                                   "500, \"checkpoints\": 1}")};
    PlanUnion all = unite(plans, 2);
    const Error why = {.kind = ERROR_FAILED, .n_errors = 1, .length = 3, .text = "why"};
    plan_union_fail_data(&all, "tiny-ending", &why, &err);
    cr_expect(item_of(&all, &plans[1])->failed);
    cr_expect_not(item_of(&all, &plans[0])->failed);
    plan_union_fail_data(&all, "tiny-books", &why, &err);
    cr_expect_not(plan_union_goes_on(&all));
}

static bool refuse(const Plan *plan, void *context, Error *error)
{
    return plan == context ? error_set(error, "no room for its result") : true;
}

Test(plan_union, a_result_that_cannot_be_written_fails_its_plan_alone)
{
    for (int jobs = 1; jobs <= 2; jobs++) {
        plan_rig_use_store(jobs == 1 ? "one" : "two");
        Plan plans[] = {plan_rig_build(FIXED("0.0")), plan_rig_build(FIXED("0.003"))};
        PlanUnion all = unite(plans, 2);
        err = (Error){0};
        cr_expect_not(plan_run(&all, jobs, &(PlanListener){refuse, &plans[0]}, &err));
        cr_expect_str_eq(err.text, "no room for its result");
        cr_expect(item_of(&all, &plans[0])->failed);
        cr_expect(item_of(&all, &plans[1])->finished);
    }
}
