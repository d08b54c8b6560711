#include "report/statistics.h"

#include <criterion/criterion.h>

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
}
