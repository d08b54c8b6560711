/* Schedules against the formulas of the papers' released code, worked out by hand. */
#include <criterion/criterion.h>

#include "train/schedule.h"

TestSuite(schedule);

static void expect(Schedule schedule, double x, double warmup, double factor)
{
    double found = schedule_factor(schedule, x, warmup);
    cr_expect_float_eq(found, factor, 1e-15, "%s at %g: %.17g", schedule_words[schedule], x, found);
}

Test(schedule, what_rises_does_so_linearly_from_0_to_the_end_of_the_warm_up)
{
    for (int s = 0; schedule_words[s]; s++) {
        if (s == SCHEDULE_INVERSE_SQRT) continue;
        double falling = s == SCHEDULE_WARMUP_LINEAR ? 1 - 0.05 : 1.0;
        expect((Schedule)s, 0.0, 0.1, 0.0);
        expect((Schedule)s, 0.05, 0.1, 0.5 * falling);
    }
}

Test(schedule, the_cosine_falls_from_where_the_warm_up_left_it_to_0)
{
    expect(SCHEDULE_WARMUP_COSINE, 0.1, 0.1, 1.0);
    expect(SCHEDULE_WARMUP_COSINE, 0.5, 0.1, 0.5);
    expect(SCHEDULE_WARMUP_COSINE, 0.25, 0.1, 0.5 * (1 + 0.70710678118654752));
    expect(SCHEDULE_WARMUP_COSINE, 1.0, 0.1, 0.0);
}

Test(schedule, the_line_falls_from_the_very_beginning)
{
    expect(SCHEDULE_WARMUP_LINEAR, 0.002, 0.002, 0.998);
    expect(SCHEDULE_WARMUP_LINEAR, 0.25, 0.002, 0.75);
    expect(SCHEDULE_WARMUP_LINEAR, 1.0, 0.002, 0.0);
}

Test(schedule, the_constant_stays)
{
    expect(SCHEDULE_WARMUP_CONSTANT, 0.2, 0.1, 1.0);
    expect(SCHEDULE_WARMUP_CONSTANT, 1.0, 0.1, 1.0);
}

/* Its line is the one from 1 at the first update to 0 at the last. */
Test(schedule, the_line_of_bert_drops_to_its_place_after_the_warm_up)
{
    expect(SCHEDULE_LINEAR_AFTER_WARMUP, 0.19, 0.2, 0.95);
    expect(SCHEDULE_LINEAR_AFTER_WARMUP, 0.2, 0.2, 0.8);
    expect(SCHEDULE_LINEAR_AFTER_WARMUP, 0.75, 0.2, 0.25);
    expect(SCHEDULE_LINEAR_AFTER_WARMUP, 1.0, 0.2, 0.0);
}

/* T5: 1 / sqrt(max(t, 10000)) of 250,000 updates. */
Test(schedule, the_inverse_root_is_that_of_t5)
{
    const double warmup = 10000 / 250000.0, maximum = 0.01;
    const double updates[] = {0, 1, 5000, 10000}, later[] = {10001, 40000, 250000};
    const double rate[] = {0.0099995000374968752, 0.005, 0.002};
    for (int i = 0; i < 4; i++) expect(SCHEDULE_INVERSE_SQRT, updates[i] / 250000, warmup, 1.0);
    for (int i = 0; i < 3; i++)
        expect(SCHEDULE_INVERSE_SQRT, later[i] / 250000, warmup, rate[i] / maximum);
}

Test(schedule, without_warm_up_the_first_update_has_the_full_rate)
{
    for (int s = 0; schedule_words[s]; s++) expect((Schedule)s, 0.0, 0.0, 1.0);
}
