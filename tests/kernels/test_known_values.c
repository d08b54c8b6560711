/* Known values of the kernels that are a formula: layernorm, adam, adafactor, embedding, norm, pool. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "kernels/kernels.h"

static const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
enum { N_TABLES = 2 };

Test(layernorm, rows_get_mean_zero_and_variance_one)
{
    enum { C = 100 };
    real x[C], y[C], mean, rstd, gain[C], bias[C];
    for (int c = 0; c < C; c++) x[c] = (real)(c * c % 17), gain[c] = 1, bias[c] = 0;
    for (int k = 0; k < N_TABLES; k++) {
        tables[k]->layernorm_forward(y, &mean, &rstd, x, gain, bias, 1, C, (real)1e-5);
        double sum = 0, squares = 0;
        for (int c = 0; c < C; c++) sum += (double)y[c], squares += (double)(y[c] * y[c]);
        cr_expect_float_eq(sum / C, 0, 1e-6);
        cr_expect_float_eq(squares / C, 1, 1e-5);
    }
}

/* 10000 and 0, 3, 5 and 12 parts of 128: all exact, and so is their mean, 5 parts. */
Test(layernorm, a_large_mean_takes_no_digits_from_the_variance)
{
    enum { C = 4 };
    const real x[C] = {10000, 10000 + (real)3 / 128, 10000 + (real)5 / 128, 10000 + (real)12 / 128};
    const real gain[C] = {1, 1, 1, 1}, bias[C] = {0};
    const double variance = (25 + 4 + 0 + 49) / 4.0 / (128 * 128);
    for (int k = 0; k < N_TABLES; k++) {
        real y[C], mean, rstd;
        tables[k]->layernorm_forward(y, &mean, &rstd, x, gain, bias, 1, C, (real)1e-5);
        cr_expect_float_eq((double)rstd * sqrt(variance + 1e-5), 1, 1e-5, "%s: %g", tables[k]->name,
                           (double)rstd);
    }
}

Test(layernorm, a_constant_row_gives_the_bias)
{
    const real x[3] = {5, 5, 5}, gain[3] = {1, 2, 3}, bias[3] = {7, 8, 9};
    for (int k = 0; k < N_TABLES; k++) {
        real y[3], mean, rstd;
        tables[k]->layernorm_forward(y, &mean, &rstd, x, gain, bias, 1, 3, (real)1e-5);
        cr_expect_arr_eq(y, bias, sizeof bias);
    }
}

/* 3 and 5: variance 1, so that an epsilon of 3 makes 1/2 of what it divides by. */
Test(layernorm, epsilon_is_added_to_the_variance)
{
    const real x[2] = {3, 5}, gain[2] = {1, 1}, bias[2] = {0};
    for (int k = 0; k < N_TABLES; k++) {
        real y[2], mean, rstd;
        tables[k]->layernorm_forward(y, &mean, &rstd, x, gain, bias, 1, 2, 3);
        cr_expect_eq(rstd, (real)0.5);
        cr_expect_eq(y[1], (real)0.5);
    }
}

Test(layernorm, no_rows_do_nothing)
{
    real gain = 1, out = 3;
    for (int k = 0; k < N_TABLES; k++) {
        tables[k]->layernorm_forward(&out, &out, &out, &gain, &gain, &gain, 0, 1, 1);
        tables[k]->layernorm_backward(&out, &out, &out, &gain, &gain, &gain, &gain, &gain, 0, 1);
        cr_expect_eq(out, 3);
    }
}

Test(adam, takes_a_step_as_computed_by_hand)
{
    const AdamStep step = {
        .step = 0.1, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 1, .decay = 0.25, .clip = 0.5};
    const real gradient = 4; /* clipped 2; m = 0.5*1 + 0.5*2 = 1.5; v = 0.75*4 + 0.25*4 = 4 */
    for (int k = 0; k < N_TABLES; k++) {
        real weight = 2, m = 1, v = 4;
        tables[k]->adam_update(&weight, &m, &v, &gradient, step, 1);
        cr_expect_float_eq(m, 1.5, 1e-6);
        cr_expect_float_eq(v, 4, 1e-6);
        cr_expect_float_eq(weight, 2 - 0.1 * (1.5 / (2 + 1) + 0.25 * 2), 1e-6);
    }
}

static const AdafactorStep by_hand = {
    .rate = 0.1, .share = 0.5, .epsilon1 = 1, .epsilon2 = 0.25, .clip = 0.5, .by_scale = true};

/* c = (1, 1) and q = (9, 1) + 1: c = (5.5, 1.5); u = (3, -1) / sqrt(c), its root mean square 1.0731 */
Test(adafactor, takes_a_step_of_a_single_row_as_computed_by_hand)
{
    const real gradient[] = {3, -1};
    const double u[] = {3 / sqrt(5.5), -1 / sqrt(1.5)}, rms_w = sqrt((4 + 1) / 2.0);
    const double rms_u = sqrt((u[0] * u[0] + u[1] * u[1]) / 2);
    for (int k = 0; k < N_TABLES; k++) {
        real weight[] = {2, -1}, v[] = {1, 1};
        tables[k]->adafactor_update(weight, v, gradient, by_hand, 1, 2);
        cr_expect_float_eq(v[0], 5.5, 1e-6);
        cr_expect_float_eq(v[1], 1.5, 1e-6);
        cr_expect_float_eq(weight[0], 2 - 0.1 * rms_w * u[0] / (rms_u / 0.5), 1e-6);
        cr_expect_float_eq(weight[1], -1 - 0.1 * rms_w * u[1] / (rms_u / 0.5), 1e-6);
    }
}

/* q = (2, 5; 10, 17): rows 3.5 and 13.5, columns 6 and 11, each half of 2 more; the mean of r is 5.25 */
Test(adafactor, factors_a_matrix_as_computed_by_hand)
{
    const real gradient[] = {1, 2, -3, 4};
    const double r[] = {2.75, 7.75}, c[] = {4, 6.5};
    AdafactorStep step = by_hand;
    step.clip = 0;
    step.by_scale = false;
    for (int k = 0; k < N_TABLES; k++) {
        real weight[] = {1, 1, 1, 1}, v[] = {2, 2, 2, 2};
        tables[k]->adafactor_update(weight, v, gradient, step, 2, 2);
        for (int i = 0; i < 2; i++) {
            cr_expect_float_eq(v[i], r[i], 1e-6);
            cr_expect_float_eq(v[2 + i], c[i], 1e-6);
            for (int j = 0; j < 2; j++) {
                const double u = (double)gradient[2 * i + j] / sqrt(r[i] / 5.25 * c[j]);
                cr_expect_float_eq(weight[2 * i + j], 1 - 0.1 * u, 1e-6, "%s: [%d,%d] %g",
                                   tables[k]->name, i, j, (double)weight[2 * i + j]);
            }
        }
    }
}

/* Weights of zero have a scale, or they would stay there for ever. */
Test(adafactor, moves_weights_that_are_zero)
{
    const real gradient = 4;
    for (int k = 0; k < N_TABLES; k++) {
        real weight = 0, v = 0;
        AdafactorStep step = by_hand;
        step.share = 1;
        step.epsilon1 = 1e-30;
        tables[k]->adafactor_update(&weight, &v, &gradient, step, 1, 1);
        cr_expect_float_eq(v, 16, 1e-6);
        cr_expect_float_eq(weight, -0.1 * 0.25 * 0.5, 1e-6);
    }
}

Test(embedding, repeated_tokens_collect_all_their_gradients)
{
    const int token[] = {1, 1, 0, 1}, position[] = {0, 1, 0, 1};
    const real dy[] = {1, 2, 4, 8};
    for (int k = 0; k < N_TABLES; k++) {
        real dtoken[2] = {0}, dposition[2] = {0};
        tables[k]->embedding_backward(dtoken, dposition, NULL, dy, token, position, NULL, 4, 1);
        cr_expect_eq(dtoken[0], 4);
        cr_expect_eq(dtoken[1], 11);
        cr_expect_eq(dposition[0], 5);
        cr_expect_eq(dposition[1], 10);
    }
}

Test(embedding, token_position_and_segment_are_added_and_get_the_gradient_each)
{
    const int token[] = {2, 0, 2}, position[] = {0, 1, 2}, segment[] = {0, 1, 1};
    const real tokens[] = {1, 2, 4}, positions[] = {10, 20, 40}, segments[] = {100, 200};
    const real dy[] = {1, 2, 4};
    for (int k = 0; k < N_TABLES; k++) {
        real y[3], dtoken[3] = {0}, dposition[3] = {0}, dsegment[2] = {7, 7};
        tables[k]->embedding_forward(y, token, position, segment, tokens, positions, segments, 3,
                                     1);
        cr_expect_eq(y[0], 114);
        cr_expect_eq(y[1], 221);
        cr_expect_eq(y[2], 244);
        tables[k]->embedding_backward(dtoken, dposition, dsegment, dy, token, position, segment, 3,
                                      1);
        cr_expect_eq(dtoken[2], 5);
        cr_expect_eq(dposition[2], 4);
        cr_expect_eq(dsegment[0], 7 + 1);
        cr_expect_eq(dsegment[1], 7 + 6);
    }
}

Test(norm, of_nothing_is_zero)
{
    const real x = 3;
    for (int k = 0; k < N_TABLES; k++) cr_expect_eq(tables[k]->norm_squared(&x, 0), 0);
}

Test(norm, is_summed_in_double)
{
    enum { N = 40000 };
    static real x[N];
    for (int i = 0; i < N; i++)
        x[i] = (real)(i == 0 ? 4096 : 1.0 / 64); /* a float sum would lose the rest */
    for (int k = 0; k < N_TABLES; k++)
        cr_expect_float_eq(tables[k]->norm_squared(x, N), 4096.0 * 4096 + (N - 1) / 4096.0, 1e-6);
}

Test(pool, adds_the_rows_of_a_group)
{
    const real x[] = {1, 2, 10, 20, 100, 200};
    const int row[] = {0, 2, 1, 1};
    for (int k = 0; k < N_TABLES; k++) {
        real y[4];
        tables[k]->pool_forward(y, x, row, 2, 2, 2);
        cr_expect_eq(y[0], 101);
        cr_expect_eq(y[1], 202);
        cr_expect_eq(y[2], 20);
        cr_expect_eq(y[3], 40);
    }
}
