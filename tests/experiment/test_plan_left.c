/* The time that is left, on made-up stages: right within a factor of 1.5 once a tenth of it has passed. */
#include "experiment/plan_left.h"

#include <criterion/criterion.h>

static const StageKind rate = {.name = "rate"}, pretrain = {.name = "pretrain"},
                       finetune = {.name = "finetune"}, evaluate = {.name = "evaluate"};

/* `n` stages one after the other, each of so many seconds. */
typedef struct Stretch {
    const StageKind *kind;
    int n_channel, n;
    double estimated, takes;
} Stretch;

enum { MOST_STAGES = 128 };
typedef struct Timing {
    Stage stage;
    double takes;
} Timing;
static Timing timings[MOST_STAGES];
static int n_timings;

/* No two stages of a kind take quite the same. */
static double uneven(int i)
{
    static const double factors[] = {1.1, 0.85, 1.2, 0.95, 0.9};
    return factors[i % 5];
}

static void make(const Stretch *stretches, double busy)
{
    n_timings = 0;
    for (; stretches->kind; stretches++)
        for (int i = 0; i < stretches->n; i++) {
            Timing *timing = &timings[n_timings];
            cr_assert_lt(n_timings, MOST_STAGES);
            timing->stage = (Stage){
                .kind = stretches->kind,
                .cost = {.n_channel = stretches->n_channel, .seconds = stretches->estimated}};
            timing->takes = busy * uneven(n_timings++) * stretches->takes;
        }
}

static double all_of_it(void)
{
    double sum = 0;
    for (int i = 0; i < n_timings; i++) sum += timings[i].takes;
    return sum;
}

/* What is said to be left after so many seconds. */
static double said(double now)
{
    PlanLeft left = {0};
    double fraction[MOST_STAGES] = {0}, sum = 0;
    for (int i = 0; i < n_timings; i++) left.all_estimated += timings[i].stage.cost.seconds;
    for (int i = 0; i < n_timings && now > 0; now -= timings[i++].takes) {
        const double took = now < timings[i].takes ? now : timings[i].takes;
        fraction[i] = took / timings[i].takes;
        plan_left_took(&left, &timings[i].stage, fraction[i] * timings[i].stage.cost.seconds, took);
    }
    for (int i = 0; i < n_timings; i++)
        sum += plan_left_seconds(&left, &timings[i].stage,
                                 (1 - fraction[i]) * timings[i].stage.cost.seconds);
    return sum;
}

static void expect_right_after_a_tenth(const Stretch *stretches, double busy)
{
    enum { LOOKS = 200 };
    make(stretches, busy);
    const double all = all_of_it();
    for (int i = LOOKS / 10; i < LOOKS; i++) {
        const double now = all * i / LOOKS, ratio = said(now) / (all - now);
        cr_expect(ratio > 1 / 1.5 && ratio < 1.5, "after %d of %d: %.2f times what is left", i,
                  LOOKS, ratio);
    }
}

/* Measurements of rates that take eight times what was said, small models that take three times, and hours of a
 * large one that was estimated well. */
static const Stretch rates_first[] = {
    {&rate, 128, 3, 10, 80},
    {&pretrain, 128, 4, 120, 360},
    {&finetune, 128, 20, 6, 18},
    {&pretrain, 768, 1, 9000, 8600},
    {&finetune, 768, 30, 240, 270},
    {&evaluate, 768, 30, 20, 26},
    {0},
};

static const Stretch usual[] = {
    {&pretrain, 512, 1, 900, 900}, {&finetune, 512, 24, 60, 60}, {&evaluate, 512, 24, 8, 8}, {0}};

Test(plan_left, holds_where_measurements_and_small_models_come_first)
{
    expect_right_after_a_tenth(rates_first, 1);
}

/* What comes first is a third as fast as it was said, and is a tenth of the time. */
Test(plan_left, holds_where_small_models_are_the_first_tenth)
{
    static const Stretch stretches[] = {{&pretrain, 64, 4, 90, 270},
                                        {&pretrain, 768, 1, 6000, 6000},
                                        {&finetune, 768, 20, 180, 180},
                                        {0}};
    expect_right_after_a_tenth(stretches, 1);
}

Test(plan_left, holds_on_a_machine_that_is_three_times_as_slow_or_fast_as_it_was_measured)
{
    expect_right_after_a_tenth(usual, 3);
    expect_right_after_a_tenth(usual, 1 / 3.0);
    expect_right_after_a_tenth(rates_first, 2);
}

Test(plan_left, of_what_was_run_says_its_own_ratio_and_of_nothing_the_estimate)
{
    const Stage one = {.kind = &pretrain, .cost = {.n_channel = 64}},
                other = {.kind = &finetune, .cost = {.n_channel = 64}};
    PlanLeft left = {.all_estimated = 1e5};
    cr_expect_float_eq(plan_left_seconds(&left, &one, 7), 7, 1e-9);
    plan_left_took(&left, &one, 100, 400);
    cr_expect_float_eq(plan_left_seconds(&left, &one, 10), 40, 0.5);
    cr_expect_float_eq(plan_left_seconds(&left, &other, 10), 10, 1, "a small part says little");
}

Test(plan_left, knows_what_it_has_no_room_for)
{
    PlanLeft left = {.all_estimated = 1};
    for (int i = 0; i < 2 * PLAN_LEFT_GROUPS; i++) {
        const Stage stage = {.kind = &pretrain, .cost = {.n_channel = i}};
        plan_left_took(&left, &stage, 1, 1);
    }
    cr_expect_eq(left.n, PLAN_LEFT_GROUPS);
    const Stage last = {.kind = &evaluate};
    cr_expect_float_eq(plan_left_seconds(&left, &last, 3), 3, 1e-6);
}
