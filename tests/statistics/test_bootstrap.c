#include "statistics/bootstrap.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "base/interrupt.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "score_rig.h"

static Arena *arena;

static void begin(void)
{
    Error err = {0};
    arena = arena_create("bootstrap", &err);
    cr_assert(arena);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(bootstrap, .init = begin, .fini = end);

static void draw(double *draws, const BootstrapTask *task)
{
    Error err = {0};
    cr_assert(bootstrap_scores(draws, task, arena, &err), "%s", err.text);
}

enum { N = 200 };

/* One cell, one seed, `right` of N right: accuracy. */
static BootstrapTask one_run(double *truth, double *predicted, const double **list, int right)
{
    for (int i = 0; i < N; i++) {
        truth[i] = 1;
        predicted[i] = i < right;
    }
    list[0] = predicted;
    return (BootstrapTask){score_rig_right, N, 1, 1, truth, list, 7};
}

Test(bootstrap, spread_over_examples_is_that_of_a_binomial)
{
    static double draws[STATISTICS_DRAWS];
    double truth[N], predicted[N];
    const double *list[1];
    BootstrapTask task = one_run(truth, predicted, list, 150);
    draw(draws, &task);
    cr_assert_float_eq(statistics_mean(draws, STATISTICS_DRAWS), 0.75, 0.003);
    cr_assert_float_eq(statistics_deviation(draws, STATISTICS_DRAWS), sqrt(0.75 * 0.25 / N),
                       0.0015);
}

/* Every example of seed s is right with the same answer, so that only seeds vary: 0, 1 and 1 -> the variance of
 * the mean of three is s^2 / 3 with s^2 = 1/3. */
Test(bootstrap, spread_over_seeds_is_that_of_a_mean_of_seeds)
{
    static double draws[STATISTICS_DRAWS];
    double truth[N], right[N], wrong[N];
    for (int i = 0; i < N; i++) {
        truth[i] = right[i] = 1;
        wrong[i] = 0;
    }
    const double *list[] = {wrong, right, right};
    BootstrapTask task = {score_rig_right, N, 1, 3, truth, list, 1};
    draw(draws, &task);
    cr_assert_float_eq(statistics_mean(draws, STATISTICS_DRAWS), 2.0 / 3, 0.025);
    cr_assert_float_eq(statistics_deviation(draws, STATISTICS_DRAWS), 1.0 / 3, 0.02);
}

/* Two seeds, of which one is drawn, and two examples; seed s is right on example s alone. Whichever seed it is,
 * each example drawn is right with probability 1/2: a mean of 1/2, a variance of 1/8. Were the seed drawn from
 * the numbers of an example, the two would always agree, and the mean be 3/4. */
Test(bootstrap, which_seed_is_drawn_says_nothing_of_which_examples)
{
    static double draws[STATISTICS_DRAWS];
    const double truth[] = {1, 1}, first[] = {1, 0}, second[] = {0, 1};
    const double *list[] = {first, second};
    for (unsigned site = 0; site < 4; site++) {
        BootstrapTask task = {score_rig_right, 2, 1, 2, truth, list, site};
        draw(draws, &task);
        cr_assert_float_eq(statistics_mean(draws, STATISTICS_DRAWS), 0.5, 0.03);
        cr_assert_float_eq(statistics_deviation(draws, STATISTICS_DRAWS), sqrt(0.125), 0.015);
    }
}

/* Three seeds, of which two are drawn, each right on one of three examples alone: the score is the share of the
 * six pairs of a seed and an example that agree, each with probability 1/3 and independent of the others:
 * variance 2/9 / 6. */
Test(bootstrap, seeds_and_examples_are_independent_at_every_place)
{
    enum { EXAMPLES = 3, SEEDS = 3 };
    static double draws[STATISTICS_DRAWS];
    const double truth[] = {1, 1, 1}, right[SEEDS][EXAMPLES] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    const double *list[] = {right[0], right[1], right[2]};
    BootstrapTask task = {score_rig_right, EXAMPLES, 1, SEEDS, truth, list, 11};
    draw(draws, &task);
    cr_assert_float_eq(statistics_mean(draws, STATISTICS_DRAWS), 1.0 / 3, 0.02);
    cr_assert_float_eq(statistics_deviation(draws, STATISTICS_DRAWS), sqrt(1.0 / 27), 0.012);
}

Test(bootstrap, cells_share_their_draws_so_that_equal_cells_never_differ)
{
    static double draws[2 * STATISTICS_DRAWS];
    double truth[N], predicted[N];
    const double *list[2];
    BootstrapTask task = one_run(truth, predicted, list, 120);
    list[1] = predicted;
    task.n_cells = 2;
    draw(draws, &task);
    for (int i = 0; i < STATISTICS_DRAWS; i++) cr_assert_eq(draws[i], draws[STATISTICS_DRAWS + i]);
}

/* --- threads --------------------------------------------------------------------------------------- */

static atomic_int n_arrived;
static int n_to_meet;
static _Thread_local bool has_met;

/* Weighs every example otherwise. The first call of a thread waits for the other threads: each has drawn a sample
 * by then, so that of two who share a place one has lost what it drew. */
static double once_all_have_drawn(const double *truth, const double *predicted, int n,
                                  bool *degenerate)
{
    const struct timespec a_millisecond = {.tv_nsec = 1000000};
    double sum = 0;
    if (!has_met && n_to_meet > 0) {
        has_met = true;
        atomic_fetch_add(&n_arrived, 1);
        for (int i = 0; atomic_load(&n_arrived) < n_to_meet && i < 20000; i++)
            nanosleep(&a_millisecond, NULL);
    }
    for (int i = 0; i < n; i++) sum += (i + 1) * truth[i] * predicted[i];
    *degenerate = false;
    return sum;
}

Test(bootstrap, threads_change_no_bit)
{
    enum { CELLS = 2, SEEDS = 5 };
    static double one[CELLS * STATISTICS_DRAWS], three[CELLS * STATISTICS_DRAWS];
    double truth[N], predicted[SEEDS][N];
    const double *list[CELLS * SEEDS];
    for (int i = 0; i < N; i++) {
        truth[i] = 1 + i % 7;
        for (int s = 0; s < SEEDS; s++) predicted[s][i] = s + sqrt(i);
    }
    for (int i = 0; i < CELLS * SEEDS; i++) list[i] = predicted[i % SEEDS];
    BootstrapTask task = {once_all_have_drawn, N, CELLS, SEEDS, truth, list, 7};
    parallel_set_threads(1);
    draw(one, &task);
    parallel_set_threads(3);
    n_to_meet = 3;
    draw(three, &task);
    cr_assert_eq(atomic_load(&n_arrived), 3, "three threads met");
    cr_assert_eq(memcmp(one, three, sizeof one), 0);
}

/* 60 worlds: 3 seeds, whose true accuracies scatter by 0.02 around 0.7, and 100 examples of uneven difficulty.
 * The interval should hold 0.7 in most: 95 % would be 57; three seeds give a little less. */
Test(bootstrap, intervals_hold_the_truth_about_as_often_as_they_say)
{
    enum { WORLDS = 60, EXAMPLES = 100, SEEDS = 3 };
    static double draws[STATISTICS_DRAWS];
    static double truth[EXAMPLES], predicted[SEEDS][EXAMPLES];
    int held = 0;
    for (int world = 0; world < WORLDS; world++) {
        RngKey key = rng_key(5, RNG_TEST, (uint64_t)world);
        const double *list[SEEDS];
        uint64_t at = 0;
        for (int s = 0; s < SEEDS; s++) {
            double skill = 0.7 + 0.02 * rng_normal(rng_key_site(key, 1), (uint64_t)s);
            for (int i = 0; i < EXAMPLES; i++) {
                double ease = 0.4 * ((double)rng_uniform(rng_key_site(key, 2), (uint64_t)i) - 0.5);
                truth[i] = 1;
                predicted[s][i] = (double)rng_uniform(key, at++) < skill + ease;
            }
            list[s] = predicted[s];
        }
        BootstrapTask task = {score_rig_right, EXAMPLES, 1, SEEDS, truth, list, (unsigned)world};
        draw(draws, &task);
        StatisticsInterval interval = statistics_interval(draws);
        held += interval.low <= 0.7 && 0.7 <= interval.high;
    }
    cr_assert_geq(held, 53, "%d of %d", held, WORLDS);
}

/* --- units of one level ---------------------------------------------------------------------------- */

/* 0, 1, ..., 49 with equal weights: the mean of 50 has the standard error sqrt((50^2 - 1) / 12 / 50). */
Test(bootstrap, a_mean_of_documents_has_its_textbook_standard_error)
{
    static double draws[STATISTICS_DRAWS];
    Error err = {0};
    double unit[50], weight[50], value[] = {24.5};
    const double *units[] = {unit}, *weights[] = {weight};
    for (int i = 0; i < 50; i++) {
        unit[i] = i;
        weight[i] = 1;
    }
    BootstrapRatios ratios = {50, 1, units, weights, value, 5};
    cr_assert(bootstrap_ratios(draws, &ratios, arena, &err));
    cr_assert_float_eq(statistics_mean(draws, STATISTICS_DRAWS), 24.5, 0.15);
    cr_assert_float_eq(statistics_deviation(draws, STATISTICS_DRAWS), sqrt(2499.0 / 12 / 50), 0.1);
}

/* Twice the loss over twice the tokens is the same document twice. */
Test(bootstrap, documents_count_by_their_tokens)
{
    static double draws[STATISTICS_DRAWS];
    Error err = {0};
    const double unit[] = {2, 8, 5}, weight[] = {1, 4, 2.5}, value[] = {2};
    const double *units[] = {unit}, *weights[] = {weight};
    BootstrapRatios ratios = {3, 1, units, weights, value, 5};
    cr_assert(bootstrap_ratios(draws, &ratios, arena, &err));
    for (int i = 0; i < STATISTICS_DRAWS; i++) cr_assert_float_eq(draws[i], 2, 1e-12);
}

Test(bootstrap, a_draw_without_tokens_keeps_the_value_of_all)
{
    static double draws[STATISTICS_DRAWS];
    Error err = {0};
    const double unit[] = {0, 3}, weight[] = {0, 1}, value[] = {3};
    const double *units[] = {unit}, *weights[] = {weight};
    BootstrapRatios ratios = {2, 1, units, weights, value, 5};
    cr_assert(bootstrap_ratios(draws, &ratios, arena, &err));
    for (int i = 0; i < STATISTICS_DRAWS; i++) cr_assert_eq(draws[i], 3);
}

/* Of the values 1, 2, 3 the median of three drawn is 2 with probability 13/27, 1 and 3 with 7/27 each. */
Test(bootstrap, medians_are_drawn_as_often_as_counting_says)
{
    static double draws[STATISTICS_DRAWS];
    Error err = {0};
    const double value[] = {3, 1, 2};
    cr_assert(bootstrap_medians(draws, value, 3, 1, arena, &err));
    int twos = 0;
    for (int i = 0; i < STATISTICS_DRAWS; i++) twos += draws[i] == 2;
    cr_assert_float_eq((double)twos / STATISTICS_DRAWS, 13.0 / 27, 0.035);
}

Test(bootstrap, asks_on_the_way_whether_to_stop)
{
    static double draws[STATISTICS_DRAWS];
    double truth[N], predicted[N];
    const double *list[1];
    Error err = {0};
    BootstrapTask task = one_run(truth, predicted, list, 150);
    interrupt_at(10);
    cr_expect_not(bootstrap_scores(draws, &task, arena, &err));
    cr_expect_eq(err.kind, ERROR_INTERRUPTED);
    cr_expect_geq(interrupt_looks(), STATISTICS_DRAWS / 16, "a look for every few draws");
}
