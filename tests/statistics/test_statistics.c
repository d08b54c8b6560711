#include "statistics/statistics.h"

#include <criterion/criterion.h>
#include <math.h>

#include "base/hash.h"

Test(statistics, mean_and_deviation_of_a_sample)
{
    const double x[] = {2, 4, 4, 4, 5, 5, 7, 9};
    cr_assert_float_eq(statistics_mean(x, 8), 5.0, 1e-15);
    cr_assert_float_eq(statistics_deviation(x, 8), 2.138089935299395, 1e-14);
}

Test(statistics, one_value_has_no_deviation)
{
    const double x[] = {3};
    cr_assert_eq(statistics_deviation(x, 1), 0.0);
    cr_assert_eq(statistics_mean(x, 0), 0.0);
}

Test(statistics, interval_leaves_49_draws_on_each_side)
{
    static double draws[STATISTICS_DRAWS];
    for (int i = 0; i < STATISTICS_DRAWS; i++)
        draws[i] = (i * 1000) % STATISTICS_DRAWS; /* 0 .. 1998 */
    StatisticsInterval interval = statistics_interval(draws);
    cr_assert_eq(interval.low, 49);
    cr_assert_eq(interval.high, 1949);
}

Test(statistics, quantiles_of_student_agree_with_tables)
{
    cr_assert_float_eq(statistics_student(1), 12.706, 1e-3);
    cr_assert_float_eq(statistics_student(4), 2.776, 1e-3);
    cr_assert_float_eq(statistics_student(11), 2.201, 1e-3);
    cr_assert_float_eq(statistics_student(30), 2.042, 1e-3);
    cr_assert_float_eq(statistics_student(1000), 1.962, 1e-3);
    /* what four terms of the expansion give by hand: 1.1e-4 below the exact 2.200985 */
    cr_assert_float_eq(statistics_student(11), 2.20087171, 1e-8);
}

Test(statistics, p_values_of_student_agree_with_tables)
{
    cr_assert_float_eq(statistics_student_p(1.0, 1), 0.5, 1e-12);
    cr_assert_float_eq(statistics_student_p(-4.302652730, 2), 0.05, 1e-9);
    cr_assert_float_eq(statistics_student_p(3.182446305, 3), 0.05, 1e-9);
    cr_assert_float_eq(statistics_student_p(2.0, 10), 0.073388035, 1e-8);
    cr_assert_float_eq(statistics_student_p(2.5, 25), 0.019347, 1e-5);
    cr_assert_float_eq(statistics_student_p(1e-3, 1), 1 - 2e-3 / 3.14159265358979, 1e-9);
    cr_assert_float_eq(statistics_student_p(1e9, 1), 2e-9 / 3.14159265358979, 1e-15);
    cr_assert_eq(statistics_student_p(0, 7), 1.0);
}

Test(statistics, p_values_of_student_have_the_same_bits_on_every_machine)
{
    enum { FREEDOMS = 12, N = 2000 };
    static double p[FREEDOMS][N];
    for (int f = 0; f < FREEDOMS; f++)
        for (int i = 0; i < N; i++) p[f][i] = statistics_student_p(i / (64.0 + f), f + 1);
    cr_expect_str_eq(hash_bytes(p, sizeof p).text,
                     "070aea1fbb0930ff4eb9fb064edf80bef39473c53663d5dbd03af208ab4aeccd");
}

/* Four hypotheses of Holm's kind: 0.005 * 4, 0.01 * 3, 0.03 * 2, and 0.04, which may not fall below 0.06. */
Test(statistics, holm_corrects_step_by_step_and_never_turns_back)
{
    const double p[] = {0.01, 0.04, 0.03, 0.005}, wanted[] = {0.03, 0.06, 0.06, 0.02};
    double corrected[4];
    statistics_holm(corrected, p, 4);
    for (int i = 0; i < 4; i++) cr_assert_float_eq(corrected[i], wanted[i], 1e-15);
}

Test(statistics, holm_passes_over_what_is_not_a_number)
{
    const double p[] = {(double)NAN, 0.03, 0.9};
    double corrected[3];
    statistics_holm(corrected, p, 3);
    cr_assert(isnan(corrected[0]));
    cr_assert_float_eq(corrected[1], 0.06, 1e-15);
    cr_assert_float_eq(corrected[2], 0.9, 1e-15);
}

Test(statistics, kendall_counts_pairs_in_order)
{
    const double rising[] = {1, 2, 3}, mixed[] = {1, 2, 4, 3}, ties[] = {1, 1, 1};
    cr_assert_eq(statistics_kendall(rising, 3), 1.0);
    cr_assert_float_eq(statistics_kendall(mixed, 4), 4.0 / 6, 1e-15);
    cr_assert_eq(statistics_kendall(ties, 3), 0.0);
    cr_assert_eq(statistics_kendall(rising, 1), 0.0);
}

Test(statistics, draws_reject_a_value_just_where_their_interval_does)
{
    static double draws[STATISTICS_DRAWS];
    for (int i = 0; i < STATISTICS_DRAWS; i++) draws[i] = i;
    cr_assert_float_eq(statistics_draws_p(draws, 48.5), 0.05, 1e-12);
    cr_assert_gt(statistics_draws_p(draws, 49), 0.05);
    cr_assert_float_eq(statistics_draws_p(draws, -1), 0.001, 1e-12);
    cr_assert_eq(statistics_draws_p(draws, 999), 1.0);
}

Test(statistics, the_median_of_an_even_number_lies_between_the_two_in_the_middle)
{
    double odd[] = {5, 1, 3}, even[] = {4, 1, 3, 2};
    cr_assert_eq(statistics_median(odd, 3), 3);
    cr_assert_eq(statistics_median(even, 4), 2.5);
}
