#include "plan/graph.h"

#include <criterion/criterion.h>

#include "../plan_rig.h"

TestSuite(graph, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;
static const StageKind kind = {.name = "number", .version = 1};

static Graph empty(void)
{
    return (Graph){.store = plan_rig_store(), .arena = plan_rig_arena()};
}

/* A stage with this number, which costs as much, after another. */
static Stage *add(Graph *graph, int number, Stage *input, bool expected_new)
{
    bool is_new;
    Json *document = stage_document(&kind, graph->arena, &err);
    cr_assert(json_set(document, "number", json_new_integer(number, graph->arena, &err), &err));
    Stage *stage = graph_add(graph, &kind, document, &input, input != NULL, &is_new, &err);
    cr_assert(stage, "%s", err.text);
    cr_expect_eq(is_new, expected_new);
    stage->cost.flops = number;
    return stage;
}

Test(graph, equal_stages_are_one_and_only_the_first_is_new)
{
    Graph graph = empty();
    Stage *one = add(&graph, 1, NULL, true);
    cr_expect_eq(add(&graph, 1, NULL, false), one);
    cr_expect_neq(add(&graph, 2, NULL, true), one);
    cr_expect_neq(add(&graph, 1, one, true), one, "another input makes another stage");
    cr_expect_eq(graph.n, 3);
}

Test(graph, a_hundred_stages_keep_their_order)
{
    Graph graph = empty();
    for (int i = 1; i <= 100; i++) add(&graph, i, NULL, true);
    cr_assert_eq(graph.n, 100);
    for (int i = 0; i < 100; i++) cr_expect_eq(graph.stages[i]->cost.flops, i + 1);
}

Test(graph, counts_what_is_not_done_by_whether_it_is_needed)
{
    Graph graph = empty();
    const StageNeed need[] = {STAGE_NEEDED,    STAGE_NEEDED,    STAGE_NEEDED,
                              STAGE_IF_CHOSEN, STAGE_IF_CHOSEN, STAGE_NOT_CHOSEN};
    for (int i = 0; i < 6; i++) add(&graph, i, NULL, true)->need = need[i];
    graph.stages[0]->done = graph.stages[3]->done = true;
    GraphCounts counts = graph_count(&graph);
    cr_expect_eq(counts.to_do, 2);
    cr_expect_eq(counts.if_chosen, 1);
}

/* 1 <- 2 <- 4, and 1 <- 3: the longest that begins with 1 goes through 2. */
Test(graph, a_chain_is_the_costliest_way_to_an_end)
{
    Graph graph = empty();
    Stage *one = add(&graph, 1, NULL, true), *two = add(&graph, 2, one, true);
    add(&graph, 4, two, true);
    add(&graph, 3, one, true);
    const double *chain = graph_chains(&graph, &err);
    const double expected[] = {1 + 2 + 4, 2 + 4, 4, 3};
    cr_assert(chain);
    for (int i = 0; i < 4; i++) cr_expect_eq(chain[i], expected[i], "%d: %g", i, chain[i]);
}

Test(graph, what_is_left_counts_one_candidate_of_those_that_wait_for_a_choice)
{
    Graph graph = empty();
    const StageNeed need[] = {STAGE_NEEDED, STAGE_NEEDED, STAGE_IF_CHOSEN, STAGE_IF_CHOSEN,
                              STAGE_NOT_CHOSEN};
    for (int i = 0; i < 5; i++) add(&graph, 10 * (i + 1), NULL, true)->need = need[i];
    graph.stages[0]->done = true;
    cr_expect_eq(graph_left(&graph, 2), 20 + (30 + 40) / 2.0);
}

Test(graph, a_stage_of_another_graph_is_taken_once_with_inputs_of_its_own)
{
    Graph graph = empty(), other = empty();
    int at[3];
    add(&graph, 7, NULL, true);
    Stage *one = add(&other, 1, NULL, true), *two = add(&other, 2, one, true);
    cr_assert(graph_take(&at[0], &graph, one, &err) && graph_take(&at[1], &graph, two, &err) &&
                  graph_take(&at[2], &graph, one, &err),
              "%s", err.text);
    cr_expect_eq(at[0], 1);
    cr_expect_eq(at[1], 2);
    cr_expect_eq(at[2], 1);
    cr_expect_eq(graph.n, 3);
    cr_expect_eq(graph.stages[2]->input[0], graph.stages[1]);
    cr_expect_eq(two->input[0], one);
    cr_expect_eq(graph.stages[2]->cost.flops, 2);
}
