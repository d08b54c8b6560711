/* Candidates of a cell, and which of them validation data choose. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/file.h"
#include "experiment/outcome.h"
#include "experiment/selection.h"
#include "plan/stage_record.h"
#include "stages/stage_finetune.h"
#include "stages/stage_output.h"
#include "../plan_rig.h"

TestSuite(selection, .init = plan_rig_begin, .fini = plan_rig_end);

static Error err;

#define RATES     "\"select\": {\"finetune.learning_rate\": [0.0, 0.003]}"
#define TWO_SEEDS PLAN_RIG_SHORT ", \"seeds\": 2, \"finetune\": {\"epochs\": 1}"

static int count(const Plan *plan, const char *kind, StageNeed need)
{
    int n = 0;
    for (int i = 0; i < plan->graph.n; i++)
        n +=
            !strcmp(plan->graph.stages[i]->kind->name, kind) && plan->graph.stages[i]->need == need;
    return n;
}

/* Pretends that a candidate was fine-tuned and scored so on validation data. */
static void finish(Stage *finetune, double score)
{
    const FinetuneSums sums = {1, 1, 1, 0, score, 1, 0, 1};
    cr_assert(stage_output_write(finetune->folder, FINETUNE_SUMS_FILE, &sums,
                                 &finetune_run_sums_table, plan_rig_arena(), &err) &&
                  stage_record_write(finetune, finetune->folder, 1, plan_rig_arena(), &err),
              "%s", err.text);
    finetune->done = true;
}

/* Scores of two candidates with two seeds each. */
static Plan decided(double a1, double a2, double b1, double b2)
{
    Plan plan = plan_rig_build(TWO_SEEDS ", " RATES);
    PlanCell *candidates = plan.cells[0].candidates;
    finish(candidates[0].finetune[0], a1);
    finish(candidates[0].finetune[1], a2);
    finish(candidates[1].finetune[0], b1);
    finish(candidates[1].finetune[1], b2);
    cr_assert(selection_decide(&plan, &err), "%s", err.text);
    return plan;
}

Test(selection, plans_every_candidate_with_every_seed)
{
    Plan plan = plan_rig_build(TWO_SEEDS ", " RATES);
    cr_assert_eq(plan.cells[0].n_candidates, 2);
    cr_expect_eq(count(&plan, "finetune", STAGE_NEEDED), 4);
    cr_expect_eq(count(&plan, "evaluate", STAGE_IF_CHOSEN), 4);
    cr_expect_eq(plan_count(&plan).to_do, 4 + 4,
                 "tokenizer, tokens, pretrain, sample; fine-tuning");
    cr_expect_eq(plan_count(&plan).if_chosen, 4);
    cr_expect_str_eq(plan.cells[0].candidates[1].name, "default, learning_rate=0.003");
}

Test(selection, several_paths_make_a_product)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT ", \"select\": {\"finetune.learning_rate\": [0.001, "
                                              "0.003], \"finetune.epochs\": [1, 2, 3]}");
    cr_assert_eq(plan.cells[0].n_candidates, 6);
    cr_expect_str_eq(plan.experiment->cells[0].candidates[4].label,
                     "learning_rate=0.003, epochs=2");
    cr_expect_eq(plan.cells[0].candidates[4].settings->finetune.epochs, 2);
}

Test(selection, chooses_the_best_mean_over_the_seeds)
{
    Plan plan = decided(0.9, 0.1, 0.6, 0.5);
    const Selection *selection = &plan.cells[0].selections[0];
    cr_expect_eq(selection->chosen, 1);
    cr_expect_float_eq(selection->mean[0], 0.5, 1e-12);
    cr_expect_float_eq(selection->mean[1], 0.55, 1e-12);
    cr_expect_eq(selection->validation[1], 0.1);
    cr_expect_eq(plan.cells[0].finetune[1], plan.cells[0].candidates[1].finetune[1]);
}

Test(selection, of_equal_candidates_takes_the_first)
{
    cr_expect_eq(decided(0.5, 0.25, 0.25, 0.5).cells[0].selections[0].chosen, 0);
}

Test(selection, waits_until_every_candidate_was_tuned)
{
    Plan plan = plan_rig_build(TWO_SEEDS ", " RATES);
    for (int i = 0; i < 3; i++) finish(plan.cells[0].candidates[i / 2].finetune[i % 2], 0.5);
    cr_assert(selection_decide(&plan, &err), "%s", err.text);
    cr_expect_eq(plan.cells[0].selections[0].chosen, -1);
    cr_expect_null(plan.cells[0].evaluate[0]);
}

Test(selection, needs_test_scores_of_the_chosen_one_alone)
{
    Plan plan = decided(0.1, 0.1, 0.2, 0.2);
    cr_expect_eq(count(&plan, "evaluate", STAGE_NEEDED), 2);
    cr_expect_eq(count(&plan, "evaluate", STAGE_NOT_CHOSEN), 2);
    cr_expect_eq(plan.cells[0].candidates[1].evaluate[0]->need, STAGE_NEEDED);
    cr_expect_eq(plan.cells[0].candidates[0].evaluate[0]->need, STAGE_NOT_CHOSEN);
}

#define BY_ONE_SEED TWO_SEEDS ", " RATES ", \"select_seeds\": 1"

Test(selection, by_the_first_seed_runs_the_others_for_the_chosen_one_alone)
{
    Plan plan = plan_rig_build(BY_ONE_SEED);
    PlanCell *candidates = plan.cells[0].candidates;
    cr_expect_eq(count(&plan, "finetune", STAGE_NEEDED), 2);
    cr_expect_eq(count(&plan, "finetune", STAGE_IF_CHOSEN), 2);
    cr_expect_eq(count(&plan, "evaluate", STAGE_IF_CHOSEN), 4);
    finish(candidates[0].finetune[0], 0.1);
    finish(candidates[1].finetune[0], 0.2);
    cr_assert(selection_decide(&plan, &err), "%s", err.text);
    cr_expect_eq(plan.cells[0].selections[0].chosen, 1);
    cr_expect_float_eq(plan.cells[0].selections[0].mean[1], 0.2, 1e-12);
    cr_expect_eq(candidates[1].finetune[1]->need, STAGE_NEEDED);
    cr_expect_eq(candidates[0].finetune[1]->need, STAGE_NOT_CHOSEN);
    cr_expect_eq(count(&plan, "evaluate", STAGE_NEEDED), 2);
    cr_expect_eq(plan_count(&plan).if_chosen, 0);
}

Test(selection, by_the_first_seed_runs_to_an_outcome)
{
    Plan plan = plan_rig_build(BY_ONE_SEED);
    cr_expect_str_eq(plan_rig_run(&plan), "tokenizer tokens pretrain sample finetune finetune "
                                          "evaluate finetune evaluate");
    Outcome outcome;
    cr_assert(outcome_read(&outcome, &plan, plan_rig_arena(), &err), "%s", err.text);
    cr_assert_eq(outcome.n_runs, 2);
    const OutcomeSelection *selection = &outcome.selections[0];
    cr_expect_eq(outcome.runs[0].validation.score, selection->validation[selection->chosen]);
}

Test(selection, by_more_seeds_than_there_are_is_by_all)
{
    Plan plan = plan_rig_build(TWO_SEEDS ", " RATES ", \"select_seeds\": 7");
    cr_expect_eq(count(&plan, "finetune", STAGE_NEEDED), 4);
}

Test(selection, candidates_that_come_to_the_same_are_tuned_once)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT
                               ", \"select\": {\"finetune.transfer_layers\": [\"all\", 64]}");
    cr_expect_eq(count(&plan, "finetune", STAGE_NEEDED), 1);
    finish(plan.cells[0].candidates[0].finetune[0], 0.1);
    cr_assert(selection_decide(&plan, &err), "%s", err.text);
    cr_expect_eq(plan.cells[0].selections[0].chosen, 0);
    cr_expect_eq(plan.cells[0].evaluate[0]->need, STAGE_NEEDED);
}

Test(selection, runs_and_is_told_in_the_outcome)
{
    Plan plan = plan_rig_build(TWO_SEEDS ", " RATES);
    cr_expect_str_eq(plan_rig_run(&plan), "tokenizer tokens pretrain sample finetune finetune "
                                          "finetune finetune evaluate evaluate");
    Outcome outcome;
    cr_assert(outcome_read(&outcome, &plan, plan_rig_arena(), &err), "%s", err.text);
    cr_assert_eq(outcome.n_selections, 1);
    const OutcomeSelection *selection = &outcome.selections[0];
    cr_expect_eq(selection->n_candidates, 2);
    cr_expect_str_eq(selection->candidates[1].label, "learning_rate=0.003");
    cr_assert_eq(outcome.n_runs, 2);
    for (int s = 0; s < 2; s++)
        cr_expect_eq(outcome.runs[s].validation.score,
                     selection->validation[selection->chosen * 2 + s]);
}

Test(selection, a_finished_one_is_known_without_running_anything)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT ", " RATES);
    plan_rig_run(&plan);
    Plan again = plan_rig_build(PLAN_RIG_SHORT ", " RATES);
    cr_expect_eq(again.cells[0].selections[0].chosen, plan.cells[0].selections[0].chosen);
    cr_expect_eq(plan_count(&again).to_do, 0);
    cr_expect_eq(plan_count(&again).if_chosen, 0);
    cr_expect_str_eq(plan_rig_run(&again), "");
}

Test(selection, another_candidate_tunes_that_one_and_no_more)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT ", " RATES);
    plan_rig_run(&plan);
    plan = plan_rig_build(PLAN_RIG_SHORT
                          ", \"select\": {\"finetune.learning_rate\": [0.0, 0.003, 1e-9]}");
    cr_expect_eq(plan_count(&plan).to_do, 1);
}

Test(selection, a_damaged_score_chooses_nothing_and_is_made_again)
{
    Plan plan = plan_rig_build(PLAN_RIG_SHORT ", " RATES);
    plan_rig_run(&plan);
    const int chosen = plan.cells[0].selections[0].chosen;
    const char *folder = plan.cells[0].candidates[0].finetune[0]->folder;
    char *path = file_join(plan_rig_arena(), folder, "finetune.json", &err), *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, path, plan_rig_arena(), &err));
    char *score = strstr(bytes, "\"validation_score\": ");
    cr_assert(score);
    score[strlen("\"validation_score\": ")] ^= 1;
    cr_assert(file_write(path, bytes, size, &err));
    plan = plan_rig_build(PLAN_RIG_SHORT ", " RATES);
    cr_expect_eq(plan.cells[0].selections[0].chosen, -1);
    cr_expect_str_eq(plan_rig_run(&plan), "finetune");
    cr_expect_eq(plan.cells[0].selections[0].chosen, chosen);
}
