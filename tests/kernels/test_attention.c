#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "kernels/gemm_fp32.h"
#include "base/rng.h"
#include "kernels/kernels.h"

enum { C = 12, H = 3, LONG = 150, N = LONG + 40 };

static real qkv[N * 3 * C], y[N * C], lse[N * H];
static const int start[] = {0, LONG, N};

static void fill(void)
{
    Error error = {0};
    cr_assert(gemm_fp32_start(&error), "%s", error.text);
    for (size_t i = 0; i < sizeof qkv / sizeof qkv[0]; i++)
        qkv[i] = 2 * rng_uniform(rng_key(3, RNG_TEST, 0), i) - 1;
}

TestSuite(attention, .init = fill);

static RngKey some_key(void)
{
    return rng_key(5, RNG_DROPOUT, 1);
}

/* Of the rows from `first` on, in S sequences. */
static void run(real *out, real *log_sums, size_t first, const int *starts, int S,
                AttentionMask mask, double rate)
{
    const AttentionShape shape = {.S = S,
                                  .C = C,
                                  .H = H,
                                  .query_start = starts,
                                  .key_start = starts,
                                  .query_stride = 3 * C,
                                  .key_stride = 3 * C,
                                  .mask = mask,
                                  .scale = attention_scale(C / H),
                                  .rate = rate,
                                  .key = some_key()};
    const real *q = qkv + first * 3 * C;
    kernels_fast.attention_forward(&kernels_fast.products, out, log_sums, q, q + C, q + 2 * C,
                                   &shape);
}

static void forward(double rate)
{
    run(y, lse, 0, start, 2, ATTENTION_CAUSAL, rate);
}

Test(attention, a_later_token_never_changes_an_earlier_output)
{
    enum { CHANGED = 100 };
    real before[N * C];
    forward(0.1);
    memcpy(before, y, sizeof before);
    for (int c = 0; c < 3 * C; c++) qkv[CHANGED * 3 * C + c] += 1;
    forward(0.1);
    cr_expect_arr_eq(y, before, CHANGED * C * sizeof(real));
    cr_expect_neq(y[CHANGED * C], before[CHANGED * C]);
}

Test(attention, a_sequence_scores_the_same_alone_and_in_a_batch)
{
    enum { LENGTH = N - LONG };
    const int alone[] = {0, LENGTH};
    real y_alone[LENGTH * C], lse_alone[LENGTH * H];
    forward(0);
    run(y_alone, lse_alone, LONG, alone, 1, ATTENTION_CAUSAL, 0);
    cr_expect_arr_eq(y_alone, y + LONG * C, sizeof y_alone);
    cr_expect_arr_eq(lse_alone, lse + LONG * H, sizeof lse_alone);
}

Test(attention, a_first_token_attends_to_itself_only)
{
    forward(0);
    for (int c = 0; c < C; c++) cr_expect_float_eq(y[c], qkv[2 * C + c], 1e-6);
}

Test(attention, that_is_bidirectional_shows_every_output_every_token_of_its_sequence)
{
    enum { CHANGED = 100 };
    real before[N * C];
    run(y, lse, 0, start, 2, ATTENTION_BIDIRECTIONAL, 0);
    memcpy(before, y, sizeof before);
    for (int c = 2 * C; c < 3 * C; c++) qkv[CHANGED * 3 * C + c] += 1;
    run(y, lse, 0, start, 2, ATTENTION_BIDIRECTIONAL, 0);
    for (size_t i = 0; i < LONG; i++) cr_expect_gt(y[i * C], before[i * C], "row %zu", i);
    cr_expect_arr_eq(y + LONG * C, before + LONG * C, (N - LONG) * C * sizeof(real));
}

Test(attention, large_scores_do_not_overflow)
{
    for (size_t i = 0; i < sizeof qkv / sizeof qkv[0]; i++) qkv[i] *= 100;
    forward(0);
    for (size_t i = 0; i < N * C; i++) cr_assert(isfinite(y[i]), "value %zu", i);
    for (size_t i = 0; i < N * H; i++) cr_assert(isfinite(lse[i]), "lse %zu", i);
}

Test(attention, no_sequence_writes_nothing)
{
    const int none[] = {0};
    real before = y[0] = 3;
    run(y, lse, 0, none, 0, ATTENTION_CAUSAL, 0.1);
    cr_expect_eq(y[0], before);
}
