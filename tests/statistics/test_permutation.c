#include "statistics/permutation.h"

#include <criterion/criterion.h>

#include "base/interrupt.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "score_rig.h"

static Arena *arena;

static void begin(void)
{
    Error err = {0};
    arena = arena_create("permutation", &err);
    cr_assert(arena);
    parallel_set_threads(1); /* these loops are short, and the tests run beside each other */
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(permutation, .init = begin, .fini = end);

static double p_of(const double *truth, const double *first, const double *second, int n)
{
    Error err = {0};
    double p;
    PermutationTask task = {score_rig_right, n, 1, truth, &first, &second, 3};
    cr_assert(permutation_p(&p, &task, arena, &err));
    return p;
}

/* Of six examples the first gets all right and the second one: with the tie left out that is a sign test of
 * five against none, p = 2 / 2^5. */
Test(permutation, few_examples_give_the_exact_sign_test)
{
    const double truth[] = {1, 1, 1, 1, 1, 1}, first[] = {1, 1, 1, 1, 1, 1},
                 second[] = {0, 0, 0, 0, 0, 1};
    cr_assert_float_eq(p_of(truth, first, second, 6), 0.0625, 1e-15);
}

/* 8 against 2 discordant examples: the sign test has 2 * (1 + 10 + 45) / 1024. */
Test(permutation, wins_on_both_sides_count_as_in_the_sign_test)
{
    double truth[10], first[10], second[10];
    for (int i = 0; i < 10; i++) {
        truth[i] = 1;
        first[i] = i < 8;
        second[i] = i >= 8;
    }
    cr_assert_float_eq(p_of(truth, first, second, 10), 112.0 / 1024, 1e-15);
}

enum { N = 400 };

/* 60 against 30 discordant examples among 400: McNemar's exact p-value is 0.0021. */
Test(permutation, many_examples_come_near_the_exact_value)
{
    double truth[N], first[N], second[N];
    for (int i = 0; i < N; i++) {
        truth[i] = 1;
        first[i] = i < 60 || i >= 90;
        second[i] = i >= 60;
    }
    cr_assert_float_eq(p_of(truth, first, second, N), 0.0021, 0.0025);
}

Test(permutation, what_is_the_same_everywhere_has_p_1)
{
    double truth[N], same[N];
    for (int i = 0; i < N; i++) truth[i] = same[i] = i % 2;
    cr_assert_eq(p_of(truth, same, same, N), 1.0);
}

/* 200 worlds in which both are right with probability 0.7: at a level of 5 % about 10 are rejected. */
Test(permutation, where_nothing_differs_it_rejects_as_often_as_its_level)
{
    enum { WORLDS = 200, EXAMPLES = 100 };
    double truth[EXAMPLES], first[EXAMPLES], second[EXAMPLES];
    int rejected = 0;
    for (int world = 0; world < WORLDS; world++) {
        RngKey key = rng_key(11, RNG_TEST, (uint64_t)world);
        for (uint64_t i = 0; i < EXAMPLES; i++) {
            truth[i] = 1;
            first[i] = (double)rng_uniform(key, 2 * i) < 0.7;
            second[i] = (double)rng_uniform(key, 2 * i + 1) < 0.7;
        }
        rejected += p_of(truth, first, second, EXAMPLES) <= 0.05;
    }
    cr_assert(rejected >= 2 && rejected <= 18, "%d of %d", rejected, WORLDS);
}

Test(permutation, threads_change_no_bit)
{
    double truth[N], first[N], second[N];
    for (int i = 0; i < N; i++) {
        truth[i] = 1;
        first[i] = i % 3 != 0;
        second[i] = i % 4 != 0;
    }
    parallel_set_threads(1);
    double one = p_of(truth, first, second, N);
    parallel_set_threads(3);
    cr_assert_eq(p_of(truth, first, second, N), one);
}

Test(permutation, asks_on_the_way_whether_to_stop)
{
    const double truth[12] = {0};
    const double *const one = truth;
    double p;
    Error err = {0};
    const PermutationTask task = {score_rig_right, 12, 1, truth, &one, &one, 3};
    interrupt_at(10);
    cr_expect_not(permutation_p(&p, &task, arena, &err));
    cr_expect_eq(err.kind, ERROR_INTERRUPTED);
    cr_expect_geq(interrupt_looks(), 4096 / 16, "a look for every few swaps");
}
