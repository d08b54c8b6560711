#include <criterion/criterion.h>
#include "../golden_file.h"
#include "kernels/kernels.h"

static Arena *arena;
static Error error;

static void start(void)
{
    arena = arena_create("test", &error);
    cr_assert(arena, "%s", error.text);
}

static void stop(void)
{
    arena_destroy(arena);
}

TestSuite(relative_bias, .init = start, .fini = stop);

Test(relative_bias, buckets_are_those_of_the_reference)
{
    const Json *file = golden_file_open("tests/golden/relative_bias/relative_bias.json", arena);
    const int reach = (int)json_int(golden_file_member(file, "reach"));
    const Json *rows = golden_file_member(file, "rows");
    cr_assert_eq(json_size(rows), 8);
    for (size_t i = 0; i < json_size(rows); i++) {
        const Json *row = json_at(rows, i);
        const RelativeBuckets buckets = {
            .n = (int)json_int(golden_file_member(row, "n")),
            .distance = (int)json_int(golden_file_member(row, "distance")),
            .both_ways = json_bool(golden_file_member(row, "both_ways")),
        };
        const Json *expected = golden_file_member(row, "bucket");
        cr_assert_eq(json_size(expected), 2 * reach + 1);
        const int *bucket = golden_file_ints(expected, arena);
        for (int d = -reach; d <= reach; d++)
            cr_expect_eq(relative_bias_bucket(d, buckets), bucket[d + reach],
                         "row %zu: distance %d is in bucket %d, not %d", i, d,
                         relative_bias_bucket(d, buckets), bucket[d + reach]);
    }
}

/* Of one way and of both, however many buckets there are. */
Test(relative_bias, buckets_are_all_used_in_order_and_end_at_the_distance)
{
    for (int n = 4; n <= 64; n += 4)
        for (int both_ways = 0; both_ways <= 1; both_ways++) {
            const RelativeBuckets buckets = {.n = n, .distance = 4 * n, .both_ways = both_ways};
            const int last = both_ways ? n / 2 - 1 : n - 1;
            int before = relative_bias_bucket(0, buckets);
            cr_expect_eq(before, 0);
            for (int d = 1; d <= 5 * n; d++) {
                const int bucket = relative_bias_bucket(-d, buckets);
                cr_expect(bucket == before || bucket == before + 1, "%d of %d: %d after %d", d, n,
                          bucket, before);
                cr_expect_eq(relative_bias_bucket(d, buckets), both_ways ? n / 2 + bucket : 0);
                if (d >= buckets.distance) cr_expect_eq(bucket, last, "%d of %d", d, n);
                before = bucket;
            }
        }
}

Test(relative_bias, is_laid_out_head_by_head_from_the_earliest_key_on)
{
    enum { H = 2, REACH = 2, WIDTH = 2 * REACH + 1, N = 8 };
    const RelativeBuckets both = {.n = N, .distance = 20, .both_ways = true};
    const RelativeBuckets one = {.n = N, .distance = 20, .both_ways = false};
    real table[N * H], bias[H * WIDTH];
    for (int b = 0; b < N; b++)
        for (int h = 0; h < H; h++) table[b * H + h] = (real)(10 * h + b);
    const real both_ways[] = {2, 1, 0, 5, 6, 12, 11, 10, 15, 16};
    const real one_way[] = {2, 1, 0, 0, 0, 12, 11, 10, 10, 10};
    kernels_fast.relative_bias_forward(bias, table, both, REACH, H);
    cr_expect_arr_eq(bias, both_ways, sizeof bias);
    kernels_fast.relative_bias_forward(bias, table, one, REACH, H);
    cr_expect_arr_eq(bias, one_way, sizeof bias);
}

Test(relative_bias, a_bucket_collects_the_gradients_of_its_distances)
{
    enum { REACH = 2, N = 8 };
    const RelativeBuckets one = {.n = N, .distance = 20, .both_ways = false};
    const real dbias[] = {1, 2, 4, 8, 16};
    real dtable[N] = {100};
    kernels_fast.relative_bias_backward(dtable, dbias, one, REACH, 1);
    const real expected[N] = {128, 2, 1};
    cr_expect_arr_eq(dtable, expected, sizeof dtable);
}
