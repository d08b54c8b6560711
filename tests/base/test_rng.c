#include "base/rng.h"

#include "base/parallel.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* kat_vectors of Random123, the authors' own implementation: philox4x32, 10 rounds. */
static const struct {
    uint32_t counter[4], key[2], answer[4];
} known[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

Test(rng, philox_gives_the_published_answers)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        RngBlock block = rng_philox(known[i].counter, known[i].key);
        cr_assert_arr_eq(block.word, known[i].answer, sizeof block.word, "vector %zu", i);
    }
}

Test(rng, a_key_is_laid_out_as_the_header_says)
{
    RngKey key = rng_key_site(rng_key(0x1122334455667788, RNG_TEST, 0xAABBCC12345678), 0xFEDCBA);
    const uint32_t expected_key[2] = {0x55667788, 0x11223344};
    cr_assert_arr_eq(key.key, expected_key, sizeof expected_key);
    const uint64_t block = 0x9A11112222;
    const uint32_t counter[4] = {0x11112222, 0xFEDCBA9A, 0x12345678, 0xAABBCCFF};
    RngBlock expected = rng_philox(counter, expected_key), got = rng_block(key, block);
    cr_assert_arr_eq(got.word, expected.word, sizeof got.word);
}

Test(rng, number_index_is_the_word_of_the_block_the_header_names)
{
    RngKey key = rng_key(5, RNG_TEST, 9);
    for (uint64_t index = 0; index < 500; index++) {
        uint32_t word = rng_block(key, index / 32 * 8 + index % 8).word[index / 8 % 4];
        cr_assert_eq(rng_u32(key, index), word);
    }
}

Test(rng, a_group_holds_the_same_numbers_as_one_by_one)
{
    RngKey key = rng_key_site(rng_key(77, RNG_DROPOUT, 3), 41);
    const uint64_t groups[] = {0, 1, 12345, ((uint64_t)1 << 29) - 1, ((uint64_t)1 << 35) - 1};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        uint32_t numbers[RNG_GROUP];
        rng_u32_group(numbers, key, groups[i]);
        for (uint64_t j = 0; j < RNG_GROUP; j++)
            cr_assert_eq(numbers[j], rng_u32(key, groups[i] * RNG_GROUP + j));
    }
}

Test(rng, seed_purpose_step_site_and_index_each_name_another_stream)
{
    const RngKey base = rng_key(1, RNG_TEST, 1);
    const RngKey others[] = {
        rng_key(2, RNG_TEST, 1),
        rng_key(1 + ((uint64_t)1 << 32), RNG_TEST, 1),
        rng_key(1, RNG_INIT, 1),
        rng_key(1, RNG_TEST, 2),
        rng_key(1, RNG_TEST, 1 + ((uint64_t)1 << 40)),
        rng_key_site(base, 1),
        rng_key_site(base, 1 << 20),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        int same = 0;
        for (uint64_t j = 0; j < 64; j++) same += rng_u32(base, j) == rng_u32(others[i], j);
        cr_assert_eq(same, 0, "stream %zu", i);
    }
}

Test(rng, uniform_numbers_fill_the_interval_evenly)
{
    enum { DRAWS = 100000, BINS = 20 };
    RngKey key = rng_key(3, RNG_TEST, 0);
    int bins[BINS] = {0};
    for (uint64_t i = 0; i < DRAWS; i++) {
        double u = (double)rng_uniform(key, i);
        cr_assert(u >= 0 && u < 1);
        bins[(int)(u * BINS)]++;
    }
    double chi2 = 0, expected = (double)DRAWS / BINS;
    for (int i = 0; i < BINS; i++) chi2 += (bins[i] - expected) * (bins[i] - expected) / expected;
    cr_assert_lt(chi2, 43.8); /* 0.1 % point of chi-squared with 19 degrees of freedom */
}

Test(rng, normal_numbers_have_the_moments_of_the_normal_distribution)
{
    enum { DRAWS = 200000 };
    RngKey key = rng_key(4, RNG_TEST, 0);
    double sum[5] = {0};
    for (uint64_t i = 0; i < DRAWS; i++) {
        double x = rng_normal(key, i), power = 1;
        for (int k = 1; k <= 4; k++) sum[k] += power *= x;
    }
    /* five standard errors: variances of x^k are 1, 2, 15, 96 */
    cr_assert_float_eq(sum[1] / DRAWS, 0, 5 * sqrt(1.0 / DRAWS));
    cr_assert_float_eq(sum[2] / DRAWS, 1, 5 * sqrt(2.0 / DRAWS));
    cr_assert_float_eq(sum[3] / DRAWS, 0, 5 * sqrt(15.0 / DRAWS));
    cr_assert_float_eq(sum[4] / DRAWS, 3, 5 * sqrt(96.0 / DRAWS));
}

Test(rng, normal_numbers_are_these_on_every_machine)
{
    RngKey key = rng_key(42, RNG_INIT, 0);
    const double expected[] = {-0x1.ed8476809d192p-1, 0x1.36dead7b88b37p+0, -0x1.45679d74740dbp+0,
                               -0x1.355980ffb610ap-2};
    for (uint64_t i = 0; i < 4; i++)
        cr_assert_eq(rng_normal(key, i), expected[i], "%a", rng_normal(key, i));
}

Test(rng, below_stays_below_and_reaches_everything)
{
    RngKey key = rng_key(5, RNG_TEST, 0);
    int seen[7] = {0};
    for (uint64_t i = 0; i < 7000; i++) {
        uint64_t x = rng_below(key, i, 7);
        cr_assert_lt(x, 7);
        seen[x]++;
    }
    for (int i = 0; i < 7; i++) cr_assert(seen[i] > 850 && seen[i] < 1150, "%d: %d", i, seen[i]);
    cr_assert_eq(rng_below(key, 0, 1), 0);
    uint64_t large = 0;
    for (uint64_t i = 0; i < 100; i++) large |= rng_below(key, i, UINT64_MAX);
    cr_assert_gt(large, (uint64_t)1 << 62, "a large range uses all 64 bits");
}

Test(rng, a_permutation_holds_everything_once_and_is_shuffled)
{
    enum { N = 1000 };
    uint32_t order[N];
    bool seen[N] = {0};
    int fixed = 0;
    rng_permutation(order, N, rng_key(6, RNG_ORDER, 2));
    for (uint32_t i = 0; i < N; i++) {
        cr_assert(order[i] < N && !seen[order[i]]);
        seen[order[i]] = true;
        fixed += order[i] == i;
    }
    cr_assert_lt(fixed, 10);
    rng_permutation(order, 0, rng_key(6, RNG_ORDER, 2));
}

Test(rng, all_orders_of_three_come_equally_often)
{
    int counts[27] = {0};
    for (uint64_t i = 0; i < 6000; i++) {
        uint32_t order[3];
        rng_permutation(order, 3, rng_key(7, RNG_ORDER, i));
        counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
    int n_orders = 0;
    for (int i = 0; i < 27; i++) {
        if (counts[i] == 0) continue;
        n_orders++;
        cr_assert(counts[i] > 850 && counts[i] < 1150);
    }
    cr_assert_eq(n_orders, 6);
}

static void draw(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    uint32_t *numbers = context;
    for (size_t i = begin; i < end; i++) numbers[i] = rng_u32(rng_key(8, RNG_TEST, 0), i);
}

Test(rng, numbers_do_not_depend_on_the_number_of_threads)
{
    static uint32_t numbers[3][5000];
    for (int threads = 1; threads <= 3; threads++) {
        parallel_set_threads(threads);
        parallel_for(5000, 64, draw, numbers[threads - 1]);
    }
    cr_assert_arr_eq(numbers[0], numbers[1], sizeof numbers[0]);
    cr_assert_arr_eq(numbers[0], numbers[2], sizeof numbers[0]);
}
