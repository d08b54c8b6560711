#include "statistics/quantity.h"

#include <criterion/criterion.h>
#include <math.h>

static Arena *arena;
static Error err;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("quantity", &err);
    cr_assert(arena);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(quantity, .init = begin, .fini = end);

static QuantityEstimate estimate(const Quantity *quantity)
{
    QuantityEstimate result;
    cr_assert(quantity_estimate(&result, quantity, arena, &err));
    return result;
}

/* A paired t test of three differences 1, 2, 3: t = 2 / (1 / sqrt 3) with two degrees of freedom. */
Test(quantity, seeds_have_the_interval_and_p_value_of_student)
{
    double sample[] = {1, 2, 3};
    const Quantity seeds = {QUANTITY_SEEDS, 2, 3, sample};
    QuantityEstimate result = estimate(&seeds);
    cr_assert_float_eq(result.high - result.mean, 4.303 / sqrt(3), 1e-12);
    cr_assert_float_eq(result.mean - result.low, 4.303 / sqrt(3), 1e-12);
    cr_assert_float_eq(quantity_p(&seeds, 0), 0.0741799, 1e-6);
}

Test(quantity, one_seed_says_nothing_of_chance)
{
    double sample[] = {1};
    const Quantity seed = {QUANTITY_SEEDS, 1, 1, sample};
    cr_assert(isnan(quantity_p(&seed, 0)));
    cr_assert_not(quantity_varies(&seed));
}

Test(quantity, differences_are_taken_sample_by_sample)
{
    double a[] = {3, 5, 4}, b[] = {1, 3, 2};
    const Quantity first = {QUANTITY_SEEDS, 4, 3, a}, second = {QUANTITY_SEEDS, 2, 3, b};
    Quantity difference = {0};
    cr_assert(quantity_add(&difference, &first, 1, arena, &err));
    cr_assert(quantity_add(&difference, &second, -1, arena, &err));
    QuantityEstimate result = estimate(&difference);
    cr_assert(result.mean == 2 && result.low == 2 && result.high == 2);
    cr_assert_eq(a[0], 3, "the terms stay as they are");
}

Test(quantity, an_exact_term_moves_value_and_sample_alike)
{
    double a[] = {3, 5};
    const Quantity first = {QUANTITY_SEEDS, 4, 2, a}, chance = {.value = 0.5};
    Quantity sum = {0};
    cr_assert(quantity_add(&sum, &chance, -1, arena, &err));
    cr_assert(quantity_add(&sum, &first, 1, arena, &err));
    cr_assert_eq(sum.value, 3.5);
    cr_assert(sum.sample[0] == 2.5 && sum.sample[1] == 4.5);
}

static double larger(const double *x, size_t n)
{
    return n == 2 && x[1] > x[0] ? x[1] : x[0];
}

Test(quantity, functions_of_several_are_taken_sample_by_sample)
{
    double a[] = {3, 1}, b[] = {2, 4};
    const Quantity first = {QUANTITY_SEEDS, 2, 2, a}, second = {QUANTITY_SEEDS, 3, 2, b};
    const Quantity *const terms[] = {&first, &second};
    Quantity result;
    cr_assert(quantity_combine(&result, larger, terms, 2, arena, &err));
    cr_assert_eq(result.value, 3);
    cr_assert(result.sample[0] == 3 && result.sample[1] == 4);
}
