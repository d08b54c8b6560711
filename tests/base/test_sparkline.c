#include "base/sparkline.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static char text[SPARKLINE_POINTS * SPARKLINE_COLUMN_BYTES + 1];

Test(sparkline, goes_from_the_lowest_to_the_highest)
{
    Sparkline line = {0};
    for (int i = 0; i < 8; i++) sparkline_add(&line, 7 - i);
    cr_expect_eq(sparkline_draw(text, &line, 8, true), 8);
    cr_expect_str_eq(text, "█▇▆▅▄▃▂▁");
    cr_expect_eq(sparkline_draw(text, &line, 8, false), 8);
    cr_expect_str_eq(text, "#*+=-:._");
}

Test(sparkline, of_nothing_is_empty_and_of_the_same_flat)
{
    Sparkline line = {0};
    cr_expect_eq(sparkline_draw(text, &line, 8, true), 0);
    cr_expect_str_eq(text, "");
    sparkline_add(&line, NAN);
    sparkline_add(&line, INFINITY);
    cr_expect_eq(line.n, 0);
    for (int i = 0; i < 3; i++) sparkline_add(&line, 5);
    cr_expect_eq(sparkline_draw(text, &line, 8, false), 3);
    cr_expect_str_eq(text, "___");
}

/* However much is added: a fall stays a fall, and the mean of all points that of all values. */
Test(sparkline, keeps_the_course_of_any_number_of_values)
{
    enum { N = 100000 };
    Sparkline line = {0};
    for (int i = 0; i < N; i++) sparkline_add(&line, N - i);
    cr_assert(line.n > SPARKLINE_POINTS / 2 && line.n <= SPARKLINE_POINTS, "%d", line.n);
    for (int i = 1; i < line.n; i++) cr_expect_lt(line.point[i], line.point[i - 1]);
    const float first_stretch = (float)(1 << line.doublings);
    cr_expect_float_eq(line.point[0], N - (first_stretch - 1) / 2, 1, "%g", (double)line.point[0]);
    cr_expect_eq(sparkline_draw(text, &line, 6, true), 6);
    cr_expect_eq(strlen(text), 6 * SPARKLINE_COLUMN_BYTES);
}
