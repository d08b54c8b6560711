#include "analysis/comparison.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../outcome_rig.h"
#include "analysis/changes.h"
#include "base/xml.h"

TestSuite(comparison, .init = outcome_rig_begin, .fini = outcome_rig_end);

static Comparison hold(const ComparisonSide *before, const ComparisonSide *after)
{
    Error err = {0};
    Comparison comparison;
    cr_assert(comparison_make(&comparison, before, after, outcome_rig_arena(), &err), "%s",
              err.text);
    return comparison;
}

/* Of numbers alone, of which nothing else is known. */
static Comparison compare_numbers(const Numbers *before, const Numbers *after)
{
    static const Experiment experiment;
    const Result a = {.experiment = &experiment, .numbers = before},
                 b = {.experiment = &experiment, .numbers = after};
    return hold(&(ComparisonSide){.result = &a}, &(ComparisonSide){.result = &b});
}

static Numbers one_score(NumbersScore *score)
{
    return (Numbers){.scores = {1, score}};
}

static ComparisonRow compare(NumbersScore before, NumbersScore after)
{
    Numbers a = one_score(&before), b = one_score(&after);
    return compare_numbers(&a, &b).rows[0];
}

static double half_width(ComparisonRow row)
{
    return (row.high - row.low) / 2;
}

/* n seeds around a mean, with a deviation */
static NumbersScore score(int64_t seeds, double mean, double deviation)
{
    return (NumbersScore){"full", "alpha", seeds, 0, mean, deviation, mean - 0.02, mean + 0.02};
}

Test(comparison, the_interval_of_several_seeds_is_that_of_a_difference_of_means)
{
    /* t(4) * 0.02 * sqrt(2/3) */
    ComparisonRow row = compare(score(3, 0.7, 0.02), score(3, 0.66, 0.02));
    cr_assert_float_eq(half_width(row), 2.776 * 0.02 * 0.8164966, 1e-5);
    cr_assert_eq(row.shared, COMPARISON_SHARED_NOTHING);
    cr_assert_eq(row.verdict, COMPARISON_NOISE);
}

Test(comparison, a_fall_beyond_the_interval_is_worse_and_a_rise_better)
{
    cr_assert_eq(compare(score(3, 0.7, 0.02), score(3, 0.65, 0.02)).verdict, COMPARISON_WORSE);
    cr_assert_eq(compare(score(3, 0.7, 0.02), score(3, 0.75, 0.02)).verdict, COMPARISON_BETTER);
}

Test(comparison, the_same_mean_is_identical)
{
    cr_assert_eq(compare(score(3, 0.7, 0.02), score(3, 0.7, 0.02)).verdict, COMPARISON_IDENTICAL);
}

Test(comparison, half_a_point_is_always_noise)
{
    cr_assert_eq(compare(score(3, 0.7, 0), score(3, 0.6951, 0)).verdict, COMPARISON_NOISE);
    cr_assert_eq(compare(score(3, 0.7, 0), score(3, 0.6949, 0)).verdict, COMPARISON_WORSE);
}

Test(comparison, one_seed_is_held_against_the_intervals)
{
    ComparisonRow row = compare(score(1, 0.7, 0), score(1, 0.66, 0));
    cr_assert_float_eq(half_width(row), 0.02 * 1.4142136, 1e-6);
    cr_assert_eq(row.verdict, COMPARISON_WORSE);
}

Test(comparison, what_only_one_side_has_is_new_or_gone_and_never_worse)
{
    NumbersScore full = score(3, 0.7, 0.02), other = full;
    other.task = "beta";
    Numbers a = one_score(&full), b = one_score(&other);
    const Comparison comparison = compare_numbers(&a, &b);
    cr_assert_eq(comparison.count[COMPARISON_NEW], 1);
    cr_assert_eq(comparison.count[COMPARISON_GONE], 1);
    cr_assert_eq(comparison_overall(&comparison), COMPARISON_IDENTICAL);
    cr_assert_eq(comparison.n_compared, 0);
    cr_assert_eq(comparison.notes.n, 2);
    cr_expect_str_eq(comparison.notes.text[0], "only A has the task “alpha”");
    cr_expect_str_eq(comparison.notes.text[1], "only B has the task “beta”");
}

Test(comparison, perplexity_is_better_when_it_falls_by_more_than_one_percent)
{
    const char *cell = "full";
    NumbersPretrain before = {{1, &cell}, 1, 1, 1, 50.0}, after = {{1, &cell}, 1, 1, 1, 49.0};
    Numbers a = {.pretrains = {1, &before}}, b = {.pretrains = {1, &after}};
    cr_assert_eq(compare_numbers(&a, &b).rows[0].verdict, COMPARISON_BETTER);
    after.held_out_perplexity = 50.4;
    cr_assert_eq(compare_numbers(&a, &b).rows[0].verdict, COMPARISON_NOISE);
}

/* --- probes ---------------------------------------------------------------------------------------- */

static Numbers one_probe(NumbersProbe *probe, NumbersPoint *points, ProbeKind kind, double value)
{
    for (int k = 0; k < 2; k++)
        points[k] = (NumbersPoint){k + 1, value + k, value + k - 0.02, value + k + 0.02, 0};
    *probe = (NumbersProbe){.kind = (int)kind, .cell = "full", .points = {2, points}};
    return (Numbers){.probes = {1, probe}};
}

static ComparisonRow compare_probes(ProbeKind kind, double before, double after, double first_x)
{
    NumbersProbe probes[2];
    NumbersPoint points[2][2];
    Numbers a = one_probe(&probes[0], points[0], kind, before),
            b = one_probe(&probes[1], points[1], kind, after);
    points[1][0].x = first_x;
    const Comparison comparison = compare_numbers(&a, &b);
    cr_assert_eq(comparison.n, 1);
    return comparison.rows[0];
}

Test(comparison, a_zero_shot_curve_is_worse_when_its_mean_falls_beyond_its_intervals)
{
    cr_assert_eq(compare_probes(PROBE_ZERO_SHOT, 0.6, 0.58, 1).verdict, COMPARISON_NOISE);
    cr_assert_eq(compare_probes(PROBE_ZERO_SHOT, 0.6, 0.55, 1).verdict, COMPARISON_WORSE);
    cr_assert_eq(compare_probes(PROBE_ZERO_SHOT, 0.6, 0.65, 1).verdict, COMPARISON_BETTER);
}

Test(comparison, losses_and_perplexities_are_worse_when_they_rise)
{
    cr_assert_eq(compare_probes(PROBE_POSITION, 3, 3.009, 1).verdict, COMPARISON_NOISE);
    cr_assert_eq(compare_probes(PROBE_POSITION, 3, 3.02, 1).verdict, COMPARISON_WORSE);
    cr_assert_eq(compare_probes(PROBE_CONTEXT_WINDOW, 30, 31, 1).verdict, COMPARISON_WORSE);
    cr_assert_eq(compare_probes(PROBE_CONTEXT_WINDOW, 30, 29, 1).verdict, COMPARISON_BETTER);
}

Test(comparison, a_curve_over_other_points_is_not_compared)
{
    const ComparisonRow row = compare_probes(PROBE_POSITION, 3, 4, 1.5);
    cr_assert_eq(row.verdict, COMPARISON_APART);
    cr_expect_str_eq(row.why, "position of “full” is measured at other points in A than in B");
}

/* --- results with their evidence ---------------------------------------------------------------------- */

enum { N_EXAMPLES = 200 };

/* Of 10 examples 7 right, and by a seed's chance some others. */
static bool before_is_right(int cell, int task, int seed, int example)
{
    return (example + 3 * task) % 10 < 7 - 2 * cell || example % 50 == seed;
}

/* The same, and one more of 20, or nearly. */
static bool after_is_right(int cell, int task, int seed, int example)
{
    return before_is_right(cell, task, seed, example) ||
           (cell == 0 && example % 20 == 9 && example > 20 * seed);
}

static const OutcomeRigPlan before_plan = {2, 2, 3, N_EXAMPLES, before_is_right},
                            after_plan = {2, 2, 3, N_EXAMPLES, after_is_right};

/* A side, with its evidence or without. */
static ComparisonSide side_of(Outcome *outcome, bool evidence)
{
    Error err = {0};
    Evidence *read = arena_alloc(outcome_rig_arena(), 1, sizeof *read, &err);
    cr_assert(read && outcome_rig_evidence(read, outcome));
    return (ComparisonSide){outcome_rig_result(outcome), evidence ? read : NULL, "this", "there"};
}

static ComparisonRow row_of(const Comparison *comparison, const char *cell, const char *what)
{
    for (size_t i = 0; i < comparison->n; i++)
        if (!strcmp(comparison->rows[i].cell, cell) && !strcmp(comparison->rows[i].what, what))
            return comparison->rows[i];
    cr_assert_fail("no row of %s, %s", cell, what);
    return (ComparisonRow){0};
}

static Comparison compare_plans(bool evidence_before, bool evidence_after)
{
    const ComparisonSide a = side_of(outcome_rig_make(&before_plan), evidence_before),
                         b = side_of(outcome_rig_make(&after_plan), evidence_after);
    return hold(&a, &b);
}

Test(comparison, with_the_evidence_of_both_it_is_paired_by_seed_and_example)
{
    const Comparison paired = compare_plans(true, true), seeds = compare_plans(true, false);
    const ComparisonRow row = row_of(&paired, "full", "alpha");
    cr_expect_eq(row.shared, COMPARISON_SHARED_EXAMPLES);
    cr_expect_eq(row.verdict, COMPARISON_BETTER);
    cr_expect_gt(row.low, 0);
    cr_expect_float_eq(row.after - row.before, 0.045, 1e-9);
    cr_expect_lt(row.low, row.after - row.before);
    cr_expect_gt(row.high, row.after - row.before);
    cr_expect_eq(row_of(&seeds, "full", "alpha").shared, COMPARISON_SHARED_SEEDS);
}

Test(comparison, the_interval_of_a_pair_is_that_of_the_effect_of_two_cells)
{
    Error err = {0};
    const ComparisonSide a = side_of(outcome_rig_make(&before_plan), true);
    Result *swapped = outcome_rig_result(outcome_rig_make(&before_plan));
    Evidence *evidence = arena_alloc(outcome_rig_arena(), 1, sizeof *evidence, &err);
    *evidence = *a.evidence;
    const size_t n = (size_t)(evidence->n_tasks * evidence->n_seeds);
    evidence->runs = arena_alloc(outcome_rig_arena(), 2 * n, sizeof *evidence->runs, &err);
    for (size_t r = 0; r < 2 * n; r++) {
        ((NumbersRun *)swapped->numbers->runs.items)[r].test_score =
            ((const NumbersRun *)a.result->numbers->runs.items)[(r + n) % (2 * n)].test_score;
        evidence->runs[r] = a.evidence->runs[(r + n) % (2 * n)];
    }
    const Comparison comparison = hold(&(ComparisonSide){swapped, evidence, NULL, NULL}, &a);
    const NumbersEffect *effect = numbers_effect(a.result->numbers, "full", "scratch", "beta");
    const ComparisonRow row = row_of(&comparison, "full", "beta");
    cr_expect_float_eq(row.low, effect->low, 1e-12);
    cr_expect_float_eq(row.high, effect->high, 1e-12);
}

Test(comparison, other_seeds_are_not_paired)
{
    Outcome *outcome = outcome_rig_make(&after_plan);
    outcome->plan->experiment->seeds.items[2] = 9;
    for (int r = 0; r < outcome->n_runs; r++)
        if (outcome->runs[r].seed == 3) outcome->runs[r].seed = 9;
    const ComparisonSide a = side_of(outcome_rig_make(&before_plan), true),
                         b = side_of(outcome, true);
    const Comparison comparison = hold(&a, &b);
    cr_expect_eq(row_of(&comparison, "full", "alpha").shared, COMPARISON_SHARED_NOTHING);
}

Test(comparison, other_test_examples_are_not_paired_and_their_chance_counts)
{
    Outcome *outcome = outcome_rig_make(&after_plan);
    outcome->plan->tasks[0].hash = hash_bytes("other", 5);
    const ComparisonSide a = side_of(outcome_rig_make(&before_plan), true),
                         b = side_of(outcome, true);
    const Comparison comparison = hold(&a, &b);
    const ComparisonRow other = row_of(&comparison, "full", "alpha"),
                        same = row_of(&comparison, "full", "beta");
    cr_expect_eq(other.shared, COMPARISON_SHARED_NOTHING);
    cr_expect_eq(same.shared, COMPARISON_SHARED_EXAMPLES);
    cr_expect_gt(other.high - other.low, same.high - same.low);
}

Test(comparison, a_task_with_another_metric_is_not_compared)
{
    const ComparisonSide a = side_of(outcome_rig_make(&before_plan), true),
                         b = side_of(outcome_rig_make(&after_plan), true);
    ((NumbersTask *)b.result->numbers->tasks.items)[1].metric = "f1";
    const Comparison comparison = hold(&a, &b);
    cr_expect_eq(row_of(&comparison, "full", "beta").verdict, COMPARISON_APART);
    cr_expect_str_eq(row_of(&comparison, "full", "beta").why,
                     "“beta” is scored by accuracy in A and by f1 in B");
    cr_expect_str_eq(row_of(&comparison, "full", NUMBERS_ALL_TASKS).why,
                     "A and B have other tasks: no mean over all of them");
    cr_expect_eq(row_of(&comparison, "full", "alpha").verdict, COMPARISON_BETTER);
}

static double loss(int cell, int point, int unit)
{
    return 3 + 0.1 * unit + 0.05 * point + cell;
}

static double lower(int cell, int point, int unit)
{
    return loss(cell, point, unit) - 0.1 - 0.001 * unit;
}

Test(comparison, curves_over_the_same_documents_are_paired)
{
    Outcome *before = outcome_rig_make(&before_plan), *after = outcome_rig_make(&before_plan);
    outcome_rig_probe(before, PROBE_POSITION, 0, -1, 3, 20, loss);
    outcome_rig_probe(after, PROBE_POSITION, 0, -1, 3, 20, lower);
    const ComparisonSide a = side_of(before, true), b = side_of(after, true);
    const Comparison comparison = hold(&a, &b);
    const ComparisonRow row = row_of(&comparison, "full", "position");
    cr_expect_eq(row.shared, COMPARISON_SHARED_EXAMPLES);
    cr_expect_eq(row.verdict, COMPARISON_BETTER, "losses fell");
    cr_expect_float_eq(row.after - row.before, -0.1095, 1e-9);
    cr_expect(row.low > -0.12 && row.high < -0.1, "%g to %g: the documents' own spread is 0.6",
              row.low, row.high);
}

Test(comparison, perplexities_in_other_tokens_are_not_compared)
{
    Error err = {0};
    const ComparisonSide a = side_of(outcome_rig_make(&before_plan), true),
                         b = side_of(outcome_rig_make(&before_plan), true);
    static const char settings[] = "{\"tokenizer\": {\"merges\": %d}}";
    for (int s = 0; s < 2; s++) {
        char *text = arena_format(outcome_rig_arena(), &err, settings, 100 + s);
        ((ExperimentCell *)(s ? b : a).result->experiment->cells)[0].json =
            json_parse_text(text, strlen(text), "settings", outcome_rig_arena(), &err);
    }
    const Comparison comparison = hold(&a, &b);
    cr_expect_eq(row_of(&comparison, "full", "held-out perplexity").verdict, COMPARISON_APART);
    cr_expect_str_eq(comparison.notes.text[0],
                     "asked for in B: merges = 101, was merges = 100 in A");
}

Test(comparison, what_one_side_alone_has_is_told_in_one_line)
{
    const ComparisonSide
        a = side_of(outcome_rig_make(&(OutcomeRigPlan){4, 3, 3, 20, before_is_right}), true),
        b = side_of(outcome_rig_make(&(OutcomeRigPlan){2, 1, 3, 20, before_is_right}), true);
    const Comparison comparison = hold(&a, &b);
    cr_assert_eq(comparison.notes.n, 3);
    cr_expect_str_eq(comparison.notes.text[0],
                     "A and B have other tasks: no mean over all of them");
    cr_expect_str_eq(comparison.notes.text[1], "only A has the cells “third”, “fourth”");
    cr_expect_str_eq(comparison.notes.text[2], "only A has the tasks “beta”, “gamma”");
    cr_expect_eq(comparison.n_compared, 3);
}

Test(comparison, what_is_set_with_a_scale_is_told_as_settings_and_another_scale_as_one)
{
    Result *a = outcome_rig_result(outcome_rig_make(&before_plan)),
           *b = outcome_rig_result(outcome_rig_make(&before_plan));
    ((Experiment *)b->experiment)->scale = "tiny+seeds=3";
    cr_expect_eq(hold(&(ComparisonSide){.result = a}, &(ComparisonSide){.result = b}).notes.n, 0);
    ((Experiment *)b->experiment)->scale = "tiny2";
    const Comparison other = hold(&(ComparisonSide){.result = a}, &(ComparisonSide){.result = b});
    cr_assert_eq(other.notes.n, 1);
    cr_expect(strstr(other.notes.text[0], "A is at scale tiny, B at scale tiny2: "));
}

/* --- for programs --------------------------------------------------------------------------------------- */

static const Json *child(const Json *json, const char *name, size_t i)
{
    const Json *list = json_get(json, name);
    cr_assert(list && i < json_size(list), "no %s", name);
    return json_at(list, i);
}

Test(comparison, in_junit_what_is_worse_has_failed_and_what_is_not_compared_was_skipped)
{
    Error err = {0};
    ComparisonSide a = side_of(outcome_rig_make(&after_plan), true),
                   b = side_of(outcome_rig_make(&before_plan), true);
    a.name = "<a> & \"b\"";
    ((NumbersTask *)b.result->numbers->tasks.items)[1].metric = "f1";
    const Comparison comparison = hold(&a, &b), *const list[] = {&comparison};
    Buffer xml = buffer_create(outcome_rig_arena());
    cr_assert(comparison_junit(&xml, list, 1, &err));
    const Json *suites = xml_parse_text(xml.data, xml.size, "junit", outcome_rig_arena(), &err);
    cr_assert(suites, "%s", err.text);
    const Json *suite = child(suites, "testsuite", 0);
    cr_expect_str_eq(json_get_text(suite, "@name"), "A: <a> & \"b\"; B: this");
    cr_expect_str_eq(json_get_text(suites, "@tests"), "7");
    cr_expect_str_eq(json_get_text(suites, "@failures"), "1");
    cr_expect_str_eq(json_get_text(suite, "@skipped"), "4");
    const Json *alpha = child(suite, "testcase", 0), *beta = child(suite, "testcase", 1);
    cr_expect_str_eq(json_get_text(alpha, "@classname"), "rig.full");
    cr_expect_str_eq(json_get_text(alpha, "@name"), "alpha");
    cr_expect_str_eq(json_get_text(child(alpha, "failure", 0), "@type"), "worse");
    cr_expect(strstr(json_get_text(child(alpha, "failure", 0), "@message"),
                     "difference -4.5, 95 % interval -"));
    cr_expect(strstr(json_get_text(child(beta, "skipped", 0), "@message"), "by f1 in B"), "%s",
              xml.data);
}

Test(comparison, in_json_each_row_has_its_interval_and_what_it_is_from)
{
    Error err = {0};
    const Comparison comparison = compare_plans(true, true), *const list[] = {&comparison};
    const Json *json = comparison_json(list, 1, outcome_rig_arena(), &err);
    cr_assert(json, "%s", err.text);
    const Json *one = child(json, "comparisons", 0), *row = child(one, "rows", 0);
    cr_expect_str_eq(json_get_text(one, "verdict"), "better");
    cr_expect_str_eq(json_get_text(row, "what"), "alpha");
    cr_expect_str_eq(json_get_text(row, "shared"), "seeds and examples");
    cr_expect_gt(json_number(json_get(row, "low")), 0);
    cr_expect_eq(json_size(json_get(one, "claims")), 0);
}
