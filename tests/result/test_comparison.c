#include "result/comparison.h"

#include <criterion/criterion.h>
#include <string.h>

static Arena *arena;

static void begin(void)
{
    Error err = {0};
    arena = arena_create("comparison", &err);
    cr_assert(arena);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(comparison, .init = begin, .fini = end);

static Numbers one_score(NumbersScore *score)
{
    return (Numbers){.scores = {1, score}};
}

static ComparisonRow compare(NumbersScore before, NumbersScore after)
{
    Error err = {0};
    Comparison comparison;
    Numbers a = one_score(&before), b = one_score(&after);
    cr_assert(comparison_make(&comparison, &a, &b, arena, &err));
    return comparison.rows[0];
}

/* n seeds around a mean, with a deviation */
static NumbersScore score(int64_t seeds, double mean, double deviation)
{
    return (NumbersScore){"full", "alpha", seeds, 0, mean, deviation, mean - 0.02, mean + 0.02};
}

Test(comparison, the_tolerance_of_several_seeds_is_that_of_a_difference_of_means)
{
    /* t(4) * 0.02 * sqrt(2/3) */
    ComparisonRow row = compare(score(3, 0.7, 0.02), score(3, 0.66, 0.02));
    cr_assert_float_eq(row.tolerance, 2.776 * 0.02 * 0.8164966, 1e-5);
    cr_assert_eq(row.verdict, COMPARISON_NOISE);
}

Test(comparison, a_fall_beyond_the_tolerance_is_worse_and_a_rise_better)
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
    cr_assert_float_eq(row.tolerance, 0.02 * 1.4142136, 1e-6);
    cr_assert_eq(row.verdict, COMPARISON_WORSE);
}

Test(comparison, what_only_one_side_has_is_new_or_gone_and_never_worse)
{
    Error err = {0};
    Comparison comparison;
    NumbersScore full = score(3, 0.7, 0.02), other = full;
    other.task = "beta";
    Numbers a = one_score(&full), b = one_score(&other);
    cr_assert(comparison_make(&comparison, &a, &b, arena, &err));
    cr_assert_eq(comparison.count[COMPARISON_NEW], 1);
    cr_assert_eq(comparison.count[COMPARISON_GONE], 1);
    cr_assert_eq(comparison_overall(&comparison), COMPARISON_IDENTICAL);
}

Test(comparison, perplexity_is_better_when_it_falls_by_more_than_one_percent)
{
    Error err = {0};
    Comparison comparison;
    const char *cell = "full";
    NumbersPretrain before = {{1, &cell}, 1, 1, 1, 50.0}, after = {{1, &cell}, 1, 1, 1, 49.0};
    Numbers a = {.pretrains = {1, &before}}, b = {.pretrains = {1, &after}};
    cr_assert(comparison_make(&comparison, &a, &b, arena, &err));
    cr_assert_eq(comparison.rows[0].verdict, COMPARISON_BETTER);
    after.held_out_perplexity = 50.4;
    cr_assert(comparison_make(&comparison, &a, &b, arena, &err));
    cr_assert_eq(comparison.rows[0].verdict, COMPARISON_NOISE);
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
    Error err = {0};
    Comparison comparison;
    NumbersProbe probes[2];
    NumbersPoint points[2][2];
    Numbers a = one_probe(&probes[0], points[0], kind, before),
            b = one_probe(&probes[1], points[1], kind, after);
    points[1][0].x = first_x;
    cr_assert(comparison_make(&comparison, &a, &b, arena, &err));
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

Test(comparison, a_curve_over_other_points_is_new)
{
    cr_assert_eq(compare_probes(PROBE_POSITION, 3, 4, 1.5).verdict, COMPARISON_NEW);
}
