/* Attention with a scale of its own and a bias by relative position. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "base/rng.h"
#include "kernels/gemm_fp32.h"
#include "kernels/kernels.h"

enum { C = 6, H = 2, ROW = 3 * C, LONG = 150, SHORT = 40, N = LONG + SHORT };
enum { REACH = 30, WIDTH = 2 * REACH + 1 };

/* What a call reads, and what it writes. */
typedef struct Run {
    AttentionShape shape;
    real qkv[N * ROW], dy[N * C];
    real y[N * C], lse[N * H], dqkv[N * ROW];
} Run;

static const int start[] = {0, LONG, N};
static const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
enum { N_TABLES = 2 };
static Run one, other;
static real bias[H * WIDTH];

static void noise(real *x, size_t n, uint64_t stream)
{
    for (size_t i = 0; i < n; i++) x[i] = 2 * rng_uniform(rng_key(stream, RNG_TEST, 0), i) - 1;
}

static void fill(void)
{
    Error error = {0};
    cr_assert(gemm_fp32_start(&error), "%s", error.text);
    memset(&one, 0, sizeof one);
    one.shape = (AttentionShape){.S = 2,
                                 .C = C,
                                 .H = H,
                                 .query_start = start,
                                 .key_start = start,
                                 .query_stride = ROW,
                                 .key_stride = ROW,
                                 .mask = ATTENTION_BIDIRECTIONAL,
                                 .scale = 1,
                                 .bias = bias,
                                 .bias_reach = REACH};
    noise(one.qkv, N * ROW, 1);
    noise(one.dy, N * C, 2);
    noise(bias, H * WIDTH, 3);
    other = one;
}

TestSuite(attention_bias, .init = fill);

/* Of the sequences from row `first` on. */
static void forward(const Kernels *kernels, Run *run, size_t first)
{
    const real *q = run->qkv + first * ROW;
    kernels->attention_forward(&kernels->products, run->y + first * C, run->lse + first * H, q,
                               q + C, q + 2 * C, &run->shape);
}

static void backward(const Kernels *kernels, Run *run, real *dbias, size_t first)
{
    const real *q = run->qkv + first * ROW;
    real *dq = run->dqkv + first * ROW;
    kernels->attention_backward(&kernels->products, dq, dq + C, dq + 2 * C, dbias,
                                run->dy + first * C, q, q + C, q + 2 * C, run->y + first * C,
                                run->lse + first * H, &run->shape);
}

static void expect_same(const Kernels *kernels)
{
    cr_expect_arr_eq(one.y, other.y, sizeof one.y, "%s", kernels->name);
    cr_expect_arr_eq(one.lse, other.lse, sizeof one.lse, "%s", kernels->name);
    cr_expect_arr_eq(one.dqkv, other.dqkv, sizeof one.dqkv, "%s", kernels->name);
}

Test(attention_bias, of_zeros_changes_no_bit)
{
    memset(bias, 0, sizeof bias);
    one.shape.scale = other.shape.scale = attention_scale(C / H);
    other.shape.bias = NULL;
    for (int k = 0; k < N_TABLES; k++) {
        forward(tables[k], &one, 0), backward(tables[k], &one, NULL, 0);
        forward(tables[k], &other, 0), backward(tables[k], &other, NULL, 0);
        expect_same(tables[k]);
    }
}

Test(attention_bias, alone_gives_what_the_distances_say)
{
    enum { FIRST = LONG + 3 }; /* the fourth token of the second sequence */
    for (size_t i = 0; i < N; i++)
        for (size_t c = 0; c < C; c++) one.qkv[i * ROW + c] = 0;
    for (int k = 0; k < N_TABLES; k++) {
        forward(tables[k], &one, 0);
        for (int h = 0; h < H; h++) {
            double sum = 0, mean = 0;
            for (int j = 0; j < SHORT; j++) {
                const int d = j - 3 > REACH ? REACH : j - 3;
                const double weight = exp((double)bias[h * WIDTH + d + REACH]);
                sum += weight;
                mean += weight * (double)one.qkv[(LONG + j) * ROW + 2 * C + h * (C / H)];
            }
            cr_expect_float_eq(one.y[FIRST * C + h * (C / H)], mean / sum, 1e-6);
            cr_expect_float_eq(one.lse[FIRST * H + h], log(sum), 1e-5);
        }
    }
}

Test(attention_bias, holds_its_outermost_value_beyond_its_reach)
{
    enum { FURTHER = LONG, WIDER = 2 * FURTHER + 1, MORE = FURTHER - REACH };
    static real wide[H * WIDER], dwide[H * WIDER], dbias[H * WIDTH];
    for (int h = 0; h < H; h++)
        for (int d = -FURTHER; d <= FURTHER; d++) {
            const int reached = d < -REACH ? -REACH : d > REACH ? REACH : d;
            wide[h * WIDER + d + FURTHER] = bias[h * WIDTH + reached + REACH];
        }
    other.shape.bias = wide;
    other.shape.bias_reach = FURTHER;
    for (int k = 0; k < N_TABLES; k++) {
        memset(dwide, 0, sizeof dwide), memset(dbias, 0, sizeof dbias);
        forward(tables[k], &one, 0), backward(tables[k], &one, dbias, 0);
        forward(tables[k], &other, 0), backward(tables[k], &other, dwide, 0);
        expect_same(tables[k]);
        for (int h = 0; h < H; h++) {
            double outermost[2] = {0};
            for (int d = 0; d <= MORE; d++) {
                outermost[0] += (double)dwide[h * WIDER + d];
                outermost[1] += (double)dwide[(h + 1) * WIDER - 1 - d];
            }
            cr_expect_float_eq(dbias[h * WIDTH], outermost[0], 1e-4);
            cr_expect_float_eq(dbias[(h + 1) * WIDTH - 1], outermost[1], 1e-4);
            cr_expect_gt(fabs(outermost[0]), 1e-3);
        }
    }
}

/* Sequences by themselves, one after the other, add the same numbers in the same order. */
Test(attention_bias, has_a_gradient_that_sequences_add_to_in_their_order)
{
    real together[H * WIDTH], apart[H * WIDTH];
    const int alone[2][2] = {{0, LONG}, {0, SHORT}};
    noise(together, H * WIDTH, 4);
    memcpy(apart, together, sizeof apart);
    forward(&kernels_fast, &one, 0);
    backward(&kernels_fast, &one, together, 0);
    other.shape.S = 1;
    for (int s = 0; s < 2; s++) {
        other.shape.query_start = other.shape.key_start = alone[s];
        forward(&kernels_fast, &other, (size_t)start[s]);
        backward(&kernels_fast, &other, apart, (size_t)start[s]);
    }
    cr_expect_arr_eq(together, apart, sizeof apart);
    expect_same(&kernels_fast);
}

Test(attention_bias, that_is_not_learnt_leaves_all_other_gradients_as_they_are)
{
    real dbias[H * WIDTH] = {0};
    one.shape.scale = other.shape.scale = attention_scale(C / H);
    for (int k = 0; k < N_TABLES; k++) {
        forward(tables[k], &one, 0), backward(tables[k], &one, dbias, 0);
        forward(tables[k], &other, 0), backward(tables[k], &other, NULL, 0);
        expect_same(tables[k]);
    }
}

Test(attention_bias, of_later_keys_has_no_gradient_under_a_causal_mask)
{
    real dbias[H * WIDTH], before[H * WIDTH];
    noise(before, H * WIDTH, 5);
    one.shape.mask = ATTENTION_CAUSAL;
    for (int k = 0; k < N_TABLES; k++) {
        memcpy(dbias, before, sizeof before);
        forward(tables[k], &one, 0), backward(tables[k], &one, dbias, 0);
        for (int h = 0; h < H; h++)
            for (int d = -REACH; d <= REACH; d++) {
                const int at = h * WIDTH + d + REACH;
                if (d > 0)
                    cr_expect_eq(dbias[at], before[at], "%s: distance %d", tables[k]->name, d);
                else cr_expect_neq(dbias[at], before[at], "%s: distance %d", tables[k]->name, d);
            }
    }
}

/* Powers of two are exact. */
Test(attention_scale, is_what_scores_are_multiplied_with)
{
    fill();
    other.shape.scale = 4;
    for (size_t i = 0; i < N; i++)
        for (size_t c = 0; c < C; c++) other.qkv[i * ROW + c] /= 4;
    for (int with_bias = 0; with_bias <= 1; with_bias++) {
        one.shape.bias = other.shape.bias = with_bias ? bias : NULL;
        for (int k = 0; k < N_TABLES; k++) {
            forward(tables[k], &one, 0), backward(tables[k], &one, NULL, 0);
            forward(tables[k], &other, 0), backward(tables[k], &other, NULL, 0);
            for (size_t i = 0; i < N; i++)
                for (size_t c = 0; c < C; c++) other.dqkv[i * ROW + c] /= 4;
            expect_same(tables[k]);
        }
    }
}

Test(attention_scale, is_the_inverse_root_of_a_head_s_channels_as_a_real)
{
    cr_expect_eq(attention_scale(64), 0.125);
    cr_expect_float_eq(attention_scale(12), 0.28867513459, 1e-8);
    cr_expect_eq(attention_scale(12), (double)(real)attention_scale(12));
}
