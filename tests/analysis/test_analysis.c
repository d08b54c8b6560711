#include "analysis/analysis.h"

#include <criterion/criterion.h>

#include "../outcome_rig.h"
#include "analysis/claims.h"
#include "report/version/version_find.h"

TestSuite(analysis, .init = outcome_rig_begin, .fini = outcome_rig_end);

static Numbers analyse(const Outcome *outcome)
{
    return outcome_rig_findings(outcome).numbers;
}

/* Of ten examples "full" gets 8, 8 and 9 right by seed, "scratch" 6; on the second task both one less. */
static bool by_seed(int cell, int task, int seed, int example)
{
    int right = cell == 0 ? 8 + (seed == 2) : 6;
    return example % 10 < right - task;
}
static const OutcomeRigPlan two_by_two = {2, 2, 3, 200, by_seed};

Test(analysis, scores_are_means_over_seeds)
{
    Numbers numbers = analyse(outcome_rig_make(&two_by_two));
    const NumbersScore *full = numbers_score(&numbers, "full", "alpha");
    cr_assert_float_eq(full->mean, (0.8 + 0.8 + 0.9) / 3, 1e-12);
    cr_assert_float_eq(full->deviation, 0.05773502691896258, 1e-12);
    cr_assert_eq(full->seeds, 3);
    cr_assert(full->low < full->mean && full->mean < full->high);
}

Test(analysis, all_tasks_is_the_mean_of_the_tasks)
{
    Numbers numbers = analyse(outcome_rig_make(&two_by_two));
    double mean = numbers_score(&numbers, "full", NUMBERS_ALL_TASKS)->mean;
    cr_assert_float_eq(mean, (2.5 / 3 + 2.2 / 3) / 2, 1e-12);
}

Test(analysis, one_task_has_no_mean_over_tasks)
{
    OutcomeRigPlan rig = two_by_two;
    rig.n_tasks = 1;
    Numbers numbers = analyse(outcome_rig_make(&rig));
    cr_assert_null(numbers_score(&numbers, "full", NUMBERS_ALL_TASKS));
    cr_assert_eq(numbers.claims.n, 1);
}

Test(analysis, an_effect_is_paired_by_example)
{
    /* Both cells fail on the same hard examples: their difference varies less than either. */
    Numbers numbers = analyse(outcome_rig_make(&two_by_two));
    const NumbersEffect *effect = numbers_effect(&numbers, "full", "scratch", "alpha");
    const NumbersScore *scratch = numbers_score(&numbers, "scratch", "alpha");
    cr_assert_float_eq(effect->mean, 2.5 / 3 - 0.6, 1e-12);
    cr_assert_gt(effect->low, 0.1);
    cr_assert_lt(effect->high - effect->low, scratch->high - scratch->low + 0.1);
}

static bool alike(int cell, int task, int seed, int example)
{
    (void)cell, (void)task, (void)seed;
    return example % 3 != 0;
}

Test(analysis, equal_predictions_have_no_effect_and_no_spread)
{
    OutcomeRigPlan rig = {2, 1, 2, 99, alike};
    Numbers numbers = analyse(outcome_rig_make(&rig));
    const NumbersEffect *effect = numbers_effect(&numbers, "full", "scratch", "alpha");
    cr_assert(effect->mean == 0 && effect->low == 0 && effect->high == 0);
}

Test(analysis, a_clear_difference_supports_the_claim_on_each_task_and_on_all)
{
    Numbers numbers = analyse(outcome_rig_make(&two_by_two));
    const NumbersClaim *claim = numbers.claims.items;
    cr_assert_eq(numbers.claims.n, 3);
    for (int i = 0; i < 3; i++) cr_assert_eq(claim[i].verdict, VERDICT_SUPPORTED);
    cr_assert_str_eq(claim[2].task, NUMBERS_ALL_TASKS);
}

Test(analysis, what_the_claims_compare_is_compared)
{
    OutcomeRigPlan rig = two_by_two;
    rig.n_cells = 4;
    Numbers numbers = analyse(outcome_rig_make(&rig));
    cr_assert(numbers_effect(&numbers, "full", "scratch", "beta"));
    cr_assert_eq(numbers.effects.n, 3, "the claim's pair, on each task and all, once");
}

Test(analysis, without_claims_the_first_cell_is_held_against_every_other)
{
    OutcomeRigPlan rig = two_by_two;
    rig.n_cells = 4;
    Outcome *outcome = outcome_rig_make(&rig);
    ((Experiment *)outcome->plan->experiment)->n_claims = 0;
    Numbers numbers = analyse(outcome);
    cr_assert(numbers_effect(&numbers, "full", "fourth", "beta"));
    cr_assert_eq(numbers.effects.n, 3 * 3);
}

Test(analysis, cells_that_share_a_pretraining_share_its_row)
{
    OutcomeRigPlan rig = two_by_two;
    rig.n_cells = 3;
    Numbers numbers = analyse(outcome_rig_make(&rig));
    const NumbersPretrain *pretrain = numbers.pretrains.items;
    cr_assert_eq(numbers.pretrains.n, 1);
    cr_assert_eq(pretrain->cells.n, 2);
    cr_assert_str_eq(pretrain->cells.text[1], "third");
}

Test(analysis, the_commonest_answer_is_scored_on_the_test_labels)
{
    Outcome *outcome = outcome_rig_make(&two_by_two);
    for (int i = 0; i < 50; i++) outcome->runs[0].test.truth[2 * i] = 1; /* of 100 zeros */
    Numbers numbers = analyse(outcome);
    const NumbersTask *task = numbers.tasks.items;
    cr_assert_float_eq(task[0].baseline, 0.75, 1e-12);
    cr_assert_float_eq(task[1].baseline, 0.5, 1e-12);
}

Test(analysis, runs_over_different_test_sets_are_refused)
{
    Error err = {0};
    Findings findings;
    Evidence evidence;
    HashText hash;
    Outcome *outcome = outcome_rig_make(&two_by_two);
    outcome->runs[3].test.n--;
    cr_assert_not(version_find(&findings, &hash, &evidence, outcome, outcome_rig_arena(), &err));
}
