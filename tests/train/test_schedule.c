/* Schedules against the formula of the paper's released code, worked out by hand. */
#include <criterion/criterion.h>

#include "train/schedule.h"

TestSuite(schedule);

static void expect(Schedule schedule, double x, double warmup, double factor)
{
    double found = schedule_factor(schedule, x, warmup);
    cr_expect_float_eq(found, factor, 1e-15, "%s at %g: %.17g", schedule_words[schedule], x, found);
}

Test(schedule, every_schedule_rises_linearly_from_0_to_the_end_of_the_warm_up)
{
    for (int s = 0; schedule_words[s]; s++) {
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

Test(schedule, without_warm_up_the_first_update_has_the_full_rate)
{
    for (int s = 0; schedule_words[s]; s++) expect((Schedule)s, 0.0, 0.0, 1.0);
}
