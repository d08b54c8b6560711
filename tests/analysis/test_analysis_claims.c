#include "analysis/analysis.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../scratch_folder.h"
#include "../outcome_rig.h"
#include "analysis/claims.h"

TestSuite(analysis_claims, .init = outcome_rig_begin, .fini = outcome_rig_end);

static Findings analyse(Outcome *outcome, ExperimentClaim claim)
{
    claim.id = "claim";
    claim.statement = "it is so";
    outcome_rig_claim(outcome, claim);
    return outcome_rig_findings(outcome);
}

/* The verdict on the whole: the last row. */
static NumbersClaim whole(const Findings *findings)
{
    const SpecList *claims = &findings->numbers.claims;
    cr_assert_gt(claims->n, 0);
    return ((const NumbersClaim *)claims->items)[claims->n - 1];
}

/* --- along a grid ---------------------------------------------------------------------------------- */

/* The cell at point k gets 5 + k of ten right; on the second task, where there is one, 8. */
static bool rising(int cell, int task, int seed, int example)
{
    return (example + seed) % 10 < (task == 0 ? 5 + cell : 8);
}
static const OutcomeRigPlan four_points = {4, 1, 3, 300, rising};

Test(analysis_claims, a_trend_has_the_gain_and_the_order_of_its_points)
{
    Outcome *outcome = outcome_rig_make(&four_points);
    outcome_rig_grid(outcome, false);
    Findings findings = analyse(outcome, (ExperimentClaim){.better = "full", .rule = CLAIM_TREND});
    NumbersClaim claim = whole(&findings);
    cr_assert_float_eq(claim.mean, 0.3, 1e-12);
    cr_assert_eq(claim.order, 1.0);
    cr_assert_gt(claim.order_low, 0);
    cr_assert_eq(claim.verdict, VERDICT_SUPPORTED);
}

static bool falling(int cell, int task, int seed, int example)
{
    return rising(3 - cell, task, seed, example);
}

Test(analysis_claims, a_trend_that_falls_is_contradicted)
{
    OutcomeRigPlan plan = four_points;
    plan.is_right = falling;
    Outcome *outcome = outcome_rig_make(&plan);
    outcome_rig_grid(outcome, false);
    Findings findings = analyse(outcome, (ExperimentClaim){.better = "full", .rule = CLAIM_TREND});
    cr_assert_eq(whole(&findings).verdict, VERDICT_CONTRADICTED);
}

/* "full" gains 0.1 from its first point to its second, "scratch" too: 7, 8 against 5, 6 of ten. */
static bool two_lines(int cell, int task, int seed, int example)
{
    (void)task;
    return (example + seed) % 10 < (cell < 2 ? 7 + cell : 5 + cell - 2);
}

Test(analysis_claims, the_gain_of_one_variant_is_held_against_that_of_the_other)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){4, 1, 3, 300, two_lines});
    outcome_rig_grid(outcome, true);
    ExperimentClaim claim = {.better = "full", .worse = "scratch", .at = CLAIM_AT_GAIN};
    Findings findings = analyse(outcome, claim);
    cr_assert_float_eq(whole(&findings).mean, 0.0, 1e-12);
    claim.at = CLAIM_AT_LAST;
    findings = analyse(outcome, claim);
    cr_assert_float_eq(whole(&findings).mean, 0.2, 1e-12);
    claim.worse = NULL;
    claim.at = CLAIM_AT_GAIN;
    findings = analyse(outcome, claim);
    cr_assert_float_eq(whole(&findings).mean, 0.1, 1e-12);
}

Test(analysis_claims, single_cells_of_a_grid_are_compared_by_name)
{
    Outcome *outcome = outcome_rig_make(&four_points);
    outcome_rig_grid(outcome, false);
    Findings findings = analyse(outcome, (ExperimentClaim){.better = "full, epochs=3",
                                                           .worse = "full, epochs=4",
                                                           .rule = CLAIM_NOT_INFERIOR,
                                                           .smallest_effect = 0.2});
    cr_assert_float_eq(whole(&findings).mean, -0.1, 1e-12);
    cr_assert_eq(whole(&findings).verdict, VERDICT_SUPPORTED);
}

/* --- tasks ----------------------------------------------------------------------------------------- */

/* "full" is better by 0.3, 0.1, 0 and -0.1 on the four tasks. */
static bool by_task(int cell, int task, int seed, int example)
{
    static const int lead[] = {3, 1, 0, -1};
    return (example * 7 + seed) % 10 < 5 + (cell == 0 ? lead[task] : 0);
}
static const OutcomeRigPlan four_tasks = {2, 4, 3, 400, by_task};

Test(analysis_claims, the_whole_is_the_mean_of_the_tasks_named)
{
    const char *names[] = {"alpha", "beta"};
    ExperimentClaim claim = {.better = "full", .worse = "scratch", .tasks = {2, names}};
    Findings findings = analyse(outcome_rig_make(&four_tasks), claim);
    cr_assert_eq(findings.numbers.claims.n, 3);
    cr_assert_float_eq(whole(&findings).mean, 0.2, 1e-12);
    cr_assert_str_eq(whole(&findings).task, "alpha, beta");
}

Test(analysis_claims, one_group_of_tasks_is_held_against_another)
{
    const char *large[] = {CLAIM_LARGEST}, *small[] = {CLAIM_SMALLEST};
    ExperimentClaim claim = {
        .better = "full", .worse = "scratch", .tasks = {1, large}, .against_tasks = {1, small}};
    Outcome *outcome = outcome_rig_make(&four_tasks);
    for (int i = 0; i < outcome->n_runs; i++) /* alpha has the most */
        outcome->runs[i].train_examples = 1000 - 100 * outcome->runs[i].task;
    Findings findings = analyse(outcome, claim);
    cr_assert_eq(findings.numbers.claims.n, 1);
    cr_assert_float_eq(whole(&findings).mean, 0.2 - (-0.05), 1e-12);
    cr_assert_str_eq(whole(&findings).task, "largest tasks against smallest tasks");
    cr_assert_eq(whole(&findings).verdict, VERDICT_SUPPORTED);
}

Test(analysis_claims, most_tasks_counts_those_won)
{
    ExperimentClaim claim = {.better = "full", .worse = "scratch", .rule = CLAIM_MOST};
    Findings findings = analyse(outcome_rig_make(&four_tasks), claim);
    cr_assert_eq(findings.numbers.claims.n, 5);
    cr_assert_float_eq(whole(&findings).mean, 2.5 / 4 - 0.5, 1e-12);
    const NumbersClaim *rows = findings.numbers.claims.items;
    cr_assert_float_eq(rows[3].mean, -0.1, 1e-12);
}

Test(analysis_claims, tasks_that_are_not_there_leave_nothing_to_measure)
{
    const char *names[] = {"omega"};
    ExperimentClaim claim = {.better = "full", .worse = "scratch", .tasks = {1, names}};
    Findings findings = analyse(outcome_rig_make(&four_tasks), claim);
    cr_assert_eq(findings.numbers.claims.n, 0);
}

/* --- how sure -------------------------------------------------------------------------------------- */

Test(analysis_claims, verdicts_on_single_tasks_are_corrected_and_the_whole_is_not)
{
    ExperimentClaim claim = {.better = "full", .worse = "scratch"};
    Findings findings = analyse(outcome_rig_make(&four_tasks), claim);
    const SignificanceClaim *alpha = significance_claim(&findings.tests, "claim", "alpha");
    const SignificanceClaim *all = significance_claim(&findings.tests, "claim", NUMBERS_ALL_TASKS);
    cr_assert_float_eq(alpha->p, 0.001, 1e-12);
    cr_assert_float_eq(alpha->p_corrected, 0.004, 1e-12);
    cr_assert_eq(all->p, all->p_corrected);
    cr_assert_eq(findings.tests.effects.n, 4, "a permutation test for each task");
}

Test(analysis_claims, each_pair_that_claims_name_is_tested_once)
{
    OutcomeRigPlan plan = four_points;
    Outcome *outcome = outcome_rig_make(&plan);
    static const ExperimentClaim claims[] = {{.better = "full", .worse = "scratch"},
                                             {.better = "full", .worse = "third"},
                                             {.better = "fourth", .worse = "third"},
                                             {.better = "full", .worse = "third"}};
    Experiment *experiment = (Experiment *)outcome->plan->experiment;
    experiment->claims = claims;
    experiment->n_claims = 4;
    Findings findings = outcome_rig_findings(outcome);
    cr_assert_eq(findings.tests.effects.n, 3);
}

static bool alike(int cell, int task, int seed, int example)
{
    (void)cell, (void)task, (void)seed;
    return example % 3 != 0;
}

Test(analysis_claims, where_nothing_varies_there_is_no_verdict_but_a_caveat)
{
    ExperimentClaim claim = {.better = "full", .worse = "scratch", .smallest_effect = 0.01};
    Findings findings = analyse(outcome_rig_make(&(OutcomeRigPlan){2, 1, 2, 99, alike}), claim);
    cr_assert_eq(whole(&findings).verdict, VERDICT_UNDECIDED);
    const SignificanceClaim *test = findings.tests.claims.items;
    cr_assert_eq(test->caveats.n, 1);
    cr_assert(strstr(test->caveats.text[0], "nothing varies"));
    cr_assert_float_eq(test->p, 1, 1e-12, "%g", test->p);
}

Test(analysis_claims, one_seed_and_constant_predictions_are_told)
{
    ExperimentClaim claim = {.better = "full", .worse = "scratch"};
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 1, 1, 100, two_lines});
    outcome->runs[1].test.degenerate = true;
    Findings findings = analyse(outcome, claim);
    const SignificanceClaim *test = findings.tests.claims.items;
    cr_assert(strstr(test->caveats.text[0], "one seed"));
    cr_assert_str_eq(test->caveats.text[1], "1 of 2 runs gave every test example the same answer");
}

/* --- fine-tuning itself ---------------------------------------------------------------------------- */

Test(analysis_claims, added_parameters_are_exact)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 1, 2, 50, alike});
    outcome->runs[0].parameters = 909; /* of 900 */
    Findings findings = analyse(outcome, (ExperimentClaim){.better = "full",
                                                           .on = CLAIM_ON_PARAMETERS,
                                                           .rule = CLAIM_NOT_INFERIOR,
                                                           .smallest_effect = 0.02});
    NumbersClaim claim = whole(&findings);
    cr_assert_float_eq(claim.mean, -0.01, 1e-12);
    cr_assert_eq(claim.low, claim.high);
    cr_assert_eq(claim.verdict, VERDICT_SUPPORTED);
}

Test(analysis_claims, sizes_are_compared_by_the_ln_of_their_ratio)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){3, 1, 2, 50, alike});
    outcome->pretrains[0].parameters = 2000;
    outcome->pretrains[2].parameters = 1000;
    outcome->pretrains[2].key = "another";
    Findings findings = analyse(outcome, (ExperimentClaim){.better = "full",
                                                           .worse = "third",
                                                           .on = CLAIM_ON_SIZE,
                                                           .smallest_effect = 0.1});
    NumbersClaim claim = whole(&findings);
    cr_assert_float_eq(claim.mean, log(2), 1e-12);
    cr_assert_eq(claim.low, claim.high);
    cr_assert_eq(claim.verdict, VERDICT_SUPPORTED);
}

/* The course of a run: validation scores at the ends of two epochs of ten updates. */
static const char *write_course(const char *name, const char *first, const char *second)
{
    char text[256], path[64];
    Error err = {0};
    snprintf(text, sizeof text,
             "update,epoch,train_loss,validation_loss,validation_score\n"
             "9,0,0.65,0.6,%s\n19,1,0.45,0.5,%s\n",
             first, second);
    snprintf(path, sizeof path, "%s/epochs.csv", name);
    scratch_folder_write(path, text, strlen(text));
    return arena_text(outcome_rig_arena(), scratch_folder_path(name), &err);
}

/* "full" reaches 0.6 after ten updates; "scratch", which comes to 0.6, after twenty. */
Test(analysis_claims, convergence_counts_updates_to_the_score_that_both_reach)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 1, 2, 50, two_lines});
    for (int i = 0; i < outcome->n_runs; i++)
        outcome->runs[i].finetune_folder = outcome->runs[i].cell == 0
                                               ? write_course("fast", "0.6", "0.8")
                                               : write_course("slow", "0.5", "0.6");
    Findings findings = analyse(
        outcome,
        (ExperimentClaim){.better = "full", .worse = "scratch", .on = CLAIM_ON_CONVERGENCE});
    cr_assert_float_eq(whole(&findings).mean, log(2), 1e-12);
}

Test(analysis_claims, the_gap_is_that_of_the_epoch_that_was_kept)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 1, 2, 50, two_lines});
    for (int i = 0; i < outcome->n_runs;
         i++) /* -0.05 after the second epoch, 0.05 after the first */
        outcome->runs[i].best_epoch = outcome->runs[i].cell == 0 ? 0 : 1;
    Findings findings = analyse(
        outcome, (ExperimentClaim){.better = "full", .worse = "scratch", .on = CLAIM_ON_GAP});
    cr_assert_float_eq(whole(&findings).mean, 0.05 - -0.05, 1e-12);
}

/* --- probes ---------------------------------------------------------------------------------------- */

/* Of ten examples the point k of the first cell gets 5 + k right, that of the others 5. */
static double answer(int cell, int point, int unit)
{
    bool right = unit / 2 % 10 < 5 + (cell == 0 ? point : 0);
    return right == (unit % 2 == 1);
}

static Outcome *with_zero_shot(int n_tasks)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, n_tasks, 2, 50, two_lines});
    for (int c = 0; c < 2; c++)
        for (int t = 0; t < n_tasks; t++)
            outcome_rig_probe(outcome, PROBE_ZERO_SHOT, c, t, 3, 400, answer);
    return outcome;
}

Test(analysis_claims, zero_shot_scores_are_normalised_between_guessing_and_the_best)
{
    Findings findings =
        analyse(with_zero_shot(1),
                (ExperimentClaim){.better = "full", .on = CLAIM_ON_ZERO_SHOT, .at = CLAIM_AT_LAST});
    const NumbersProbe *probe = numbers_probe(&findings.numbers, PROBE_ZERO_SHOT, "full", "alpha");
    const NumbersPoint *points = probe->points.items;
    cr_assert(probe->chance == 0.5 && probe->best == 1 && probe->units == 400);
    cr_assert_float_eq(points[2].value, 0.7, 1e-12);
    cr_assert_float_eq(points[2].normalised, 0.4, 1e-12);
    cr_assert(points[2].low < 0.7 && 0.7 < points[2].high);
    cr_assert_float_eq(whole(&findings).mean, 0.4, 1e-12);
    cr_assert_eq(whole(&findings).verdict, VERDICT_SUPPORTED);
}

Test(analysis_claims, several_zero_shot_tasks_have_a_mean_of_normalised_scores)
{
    Findings findings = analyse(with_zero_shot(2), (ExperimentClaim){.better = "full",
                                                                     .worse = "scratch",
                                                                     .on = CLAIM_ON_ZERO_SHOT,
                                                                     .at = CLAIM_AT_POINT,
                                                                     .point = 2.2});
    const NumbersProbe *probe =
        numbers_probe(&findings.numbers, PROBE_ZERO_SHOT, "full", NUMBERS_ALL_TASKS);
    cr_assert_float_eq(((const NumbersPoint *)probe->points.items)[2].value, 0.4, 1e-12);
    cr_assert_eq(findings.numbers.claims.n, 3);
    cr_assert_float_eq(whole(&findings).mean, 0.2, 1e-12);
}

/* Nats a token that fall with the point, for the first cell twice as fast; the same documents for both. */
static double loss(int cell, int point, int unit)
{
    return 4 + 0.1 * (unit % 5) - (cell == 0 ? 0.2 : 0.1) * point;
}

Test(analysis_claims, a_gain_over_positions_is_paired_by_document)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 1, 2, 50, two_lines});
    for (int c = 0; c < 2; c++) outcome_rig_probe(outcome, PROBE_POSITION, c, -1, 4, 20, loss);
    ExperimentClaim claim = {
        .better = "full", .worse = "scratch", .on = CLAIM_ON_POSITION, .at = CLAIM_AT_LAST};
    Findings findings = analyse(outcome, claim);
    NumbersClaim row = whole(&findings);
    cr_assert_float_eq(row.mean, 0.3, 1e-9);
    cr_assert_lt(row.high - row.low, 1e-9, "all documents differ by as much");
    cr_assert_str_eq(row.task, "position");
}

Test(analysis_claims, an_interval_of_few_documents_is_told_to_be_narrow)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 1, 2, 50, two_lines});
    outcome_rig_probe(outcome, PROBE_POSITION, 0, -1, 4, 10, loss);
    Findings findings = analyse(
        outcome, (ExperimentClaim){.better = "full", .on = CLAIM_ON_POSITION, .at = CLAIM_AT_GAIN});
    const SignificanceClaim *test = findings.tests.claims.items;
    cr_assert_str_eq(test->caveats.text[0],
                     "only 10 held-out documents: the interval is a little narrow");
}

Test(analysis_claims, perplexities_are_reported_and_nats_are_compared)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 1, 2, 50, two_lines});
    outcome_rig_probe(outcome, PROBE_CONTEXT_WINDOW, 0, -1, 3, 20, loss);
    Findings findings = analyse(
        outcome,
        (ExperimentClaim){.better = "full", .on = CLAIM_ON_CONTEXT_WINDOW, .rule = CLAIM_TREND});
    const NumbersProbe *probe = findings.numbers.probes.items;
    cr_assert_float_eq(((const NumbersPoint *)probe->points.items)[0].value, exp(4.2), 1e-9);
    cr_assert_float_eq(whole(&findings).mean, 0.4, 1e-9);
}

static double rate(int cell, int point, int unit)
{
    return (cell == 0 ? 4000 : 1000) * (1 + 0.01 * (unit % 3)) / (point + 1);
}

Test(analysis_claims, rates_and_their_verdicts_stay_outside_the_numbers)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 1, 2, 50, two_lines});
    for (int c = 0; c < 2; c++) outcome_rig_probe(outcome, PROBE_TRAINING_RATE, c, -1, 2, 5, rate);
    Findings findings = analyse(
        outcome, (ExperimentClaim){.better = "full", .worse = "scratch", .on = CLAIM_ON_RATE});
    cr_assert_eq(findings.numbers.probes.n, 0);
    cr_assert_eq(findings.numbers.claims.n, 0);
    cr_assert_eq(findings.timings.probes.n, 2);
    const NumbersClaim *claim = findings.timings.claims.items;
    cr_assert_float_eq(claim->mean, log(4), 0.02);
    cr_assert_eq(claim->verdict, VERDICT_SUPPORTED);
    const SignificanceClaim *test = findings.tests.claims.items;
    cr_assert(strstr(test->caveats.text[0], "machine"));
}

Test(analysis_claims, a_cell_without_the_probe_is_not_measured)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 1, 2, 50, two_lines});
    outcome_rig_probe(outcome, PROBE_POSITION, 0, -1, 4, 20, loss);
    Findings findings = analyse(outcome, (ExperimentClaim){.better = "full",
                                                           .worse = "scratch",
                                                           .on = CLAIM_ON_POSITION,
                                                           .at = CLAIM_AT_GAIN});
    cr_assert_eq(findings.numbers.claims.n, 0);
    cr_assert_eq(findings.numbers.probes.n, 1);
}
