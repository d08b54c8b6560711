/* Training rates: that they are measured, not what they are. */
#include <criterion/criterion.h>

#include "../learner_rig.h"
#include "base/clock.h"
#include "base/interrupt.h"
#include "train/rate.h"

TestSuite(rate, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

Test(rate, every_timing_is_a_rate)
{
    SpecEntryChoice model = learner_rig_model(0.1);
    RateJob job = {&model, &kernels_fast, LEARNER_RIG_TEXT_TOKENS, 4 * LEARNER_RIG_CONTEXT, 3};
    double rate[3] = {0};
    cr_assert(rate_measure(rate, &job, &err), "%s", err.text);
    for (int i = 0; i < 3; i++) cr_expect_gt(rate[i], 0);
}

/* A tenth of a second each, after one that warms up; an update of this model takes a millisecond or so. */
Test(rate, timings_last_long_enough_to_be_believed)
{
    SpecEntryChoice model = learner_rig_model(0.1);
    RateJob job = {&model, &kernels_fast, LEARNER_RIG_TEXT_TOKENS, 4 * LEARNER_RIG_CONTEXT, 3};
    double rate[3], begun = clock_seconds();
    cr_assert(rate_measure(rate, &job, &err), "%s", err.text);
    cr_expect_geq(clock_seconds() - begun, 4 * 0.1);
}

Test(rate, an_update_has_as_many_sequences_as_make_up_its_tokens)
{
    SpecEntryChoice model = learner_rig_model(0.1);
    RateJob job = {&model, &kernels_fast, LEARNER_RIG_TEXT_TOKENS, 4 * LEARNER_RIG_CONTEXT, 3};
    LearnerSetup setup = rate_setup(&job);
    cr_expect_eq(setup.max_sequences, 4);
    cr_expect_eq(setup.max_rows, 4 * LEARNER_RIG_CONTEXT);
    cr_expect(setup.training);
}

Test(rate, asked_to_stop_it_stops)
{
    SpecEntryChoice model = learner_rig_model(0.1);
    RateJob job = {&model, &kernels_fast, LEARNER_RIG_TEXT_TOKENS, 4 * LEARNER_RIG_CONTEXT, 3};
    double rate[3];
    interrupt_request();
    cr_expect_not(rate_measure(rate, &job, &err));
    cr_expect_eq(err.kind, ERROR_INTERRUPTED);
}

Test(rate, the_median_is_the_middle_or_the_mean_of_both)
{
    double scratch[4];
    cr_expect_eq(rate_median((double[]){5, 1, 9}, 3, scratch), 5);
    cr_expect_eq(rate_median((double[]){9, 1, 4, 2}, 4, scratch), 3);
    cr_expect_eq(rate_median((double[]){7}, 1, scratch), 7);
}
