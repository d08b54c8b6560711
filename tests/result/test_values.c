#include "result/values.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static Arena *arena;

static void begin(void)
{
    Error err = {0};
    arena = arena_create("values", &err);
    cr_assert(arena);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(values, .init = begin, .fini = end);

/* Written and read back to the last bit; the text that stood between. */
static const char *turn(const double *value, size_t n)
{
    Error err = {0};
    char *text = values_write(value, n, arena, &err);
    double *back = text ? values_read(text, n, arena, &err) : NULL;
    cr_assert(back, "%s", err.text);
    cr_expect_eq(memcmp(back, value, n * sizeof *value), 0, "%s", text);
    return text;
}

Test(values, classes_take_a_digit_each)
{
    const double classes[] = {0, 1, 1, 9, 3};
    cr_expect_str_eq(turn(classes, 5), "01193");
}

Test(values, other_numbers_are_parted_by_spaces_and_read_back_to_the_last_bit)
{
    const double numbers[] = {0.1 + 0.2, -1, 1e-300, 5, 1.0 / 3, -0.0, 4096};
    cr_expect_str_eq(turn(numbers, 2), "0.30000000000000004 -1");
    turn(numbers, 7);
}

Test(values, one_number_of_two_digits_is_not_two_numbers)
{
    const double one[] = {12}, two[] = {1, 2};
    cr_expect_str_eq(turn(one, 1), "12");
    cr_expect_str_eq(turn(two, 2), "12");
}

Test(values, no_values_are_an_empty_text)
{
    cr_expect_str_eq(turn((const double[]){0}, 0), "");
}

Test(values, too_few_too_many_and_what_is_no_number_are_refused)
{
    static const char *const wrong[] = {"01",    "0101",   "1 2",     "1 2 3 4", "1 2 x",
                                        "1,2,3", "1  2 3", "1 2 nan", "",        "1 2 3 "};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Error err = {0};
        cr_expect_null(values_read(wrong[i], 3, arena, &err), "'%s'", wrong[i]);
        cr_expect(strstr(err.text, "is not a list of 3 numbers"), "%s", err.text);
    }
}
