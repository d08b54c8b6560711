#include <criterion/criterion.h>
#include <math.h>
#include "kernels/gemm_fp32.h"
#include "kernels/kernels.h"

enum { N = 3, C = 2, V = 9 };

static real loss[N], scratch[N * V];
static const int target[N] = {4, -1, 0};

static void start(void)
{
    Error error = {0};
    cr_assert(gemm_fp32_start(&error), "%s", error.text);
    cr_assert_leq(cross_entropy_scratch(N, V), N * V);
}

TestSuite(cross_entropy, .init = start);

Test(cross_entropy, equal_logits_cost_the_logarithm_of_the_choices)
{
    const real x[N * C] = {0}, E[V * C] = {0};
    kernels_fast.cross_entropy_tied(&kernels_fast.products, loss, NULL, NULL, x, E, target, NULL,
                                    scratch, N, C, V);
    cr_expect_float_eq(loss[0], log(V), 1e-6);
}

Test(cross_entropy, a_row_without_target_has_no_loss_and_no_gradient)
{
    const real x[N * C] = {1, 2, 3, 4, 5, 6}, weight[N] = {1, 1, 1};
    real E[V * C], dx[N * C] = {0}, dE[V * C] = {0};
    for (int i = 0; i < V * C; i++) E[i] = (real)(i % 5) / 5;
    kernels_fast.cross_entropy_tied(&kernels_fast.products, loss, dx, dE, x, E, target, weight,
                                    scratch, N, C, V);
    cr_expect_eq(loss[1], 0);
    cr_expect_eq(dx[C], 0);
    cr_expect_eq(dx[C + 1], 0);
    cr_expect_neq(dx[0], 0);
}

Test(cross_entropy, large_logits_do_not_overflow)
{
    const real x[N * C] = {1000, 0, 0, 0, -1000, 0};
    real E[V * C] = {0};
    for (int v = 0; v < V; v++) E[v * C] = (real)v;
    kernels_fast.cross_entropy_tied(&kernels_fast.products, loss, NULL, NULL, x, E, target, NULL,
                                    scratch, N, C, V);
    cr_expect_float_eq(loss[0], 4000, 1e-2);
    cr_expect_float_eq(loss[2], 0, 1e-6);
}

Test(cross_entropy, the_loss_is_the_same_with_and_without_gradients)
{
    const real x[N * C] = {1, 2, 3, 4, 5, 6}, weight[N] = {1, 1, 1};
    real E[V * C], dx[N * C] = {0}, dE[V * C] = {0}, alone[N];
    for (int i = 0; i < V * C; i++) E[i] = (real)(i % 7) / 7;
    kernels_fast.cross_entropy_tied(&kernels_fast.products, alone, NULL, NULL, x, E, target, NULL,
                                    scratch, N, C, V);
    kernels_fast.cross_entropy_tied(&kernels_fast.products, loss, dx, dE, x, E, target, weight,
                                    scratch, N, C, V);
    cr_expect_arr_eq(alone, loss, sizeof loss);
}

Test(cross_entropy, rows_give_the_logarithm_of_the_probability)
{
    const real z[2] = {0, (real)1.0986122886681098}; /* odds 1 : 3 */
    const int second = 1;
    cross_entropy_rows_plain(loss, NULL, z, &second, NULL, 1, 2);
    cr_expect_float_eq(loss[0], log(4.0 / 3), 1e-6);
}

Test(cross_entropy, soft_targets_on_one_column_are_hard_ones)
{
    const real z[4] = {1, 3, -2, (real)0.5}, soft[4] = {0, 0, 0, 1};
    const int hard = 3;
    real expected;
    cross_entropy_rows_fast(&expected, NULL, z, &hard, NULL, 1, 4);
    cross_entropy_soft_fast(loss, NULL, z, soft, NULL, 1, 4);
    cr_expect_eq(loss[0], expected);
}

Test(cross_entropy, of_a_distribution_with_itself_is_its_entropy_and_has_no_gradient)
{
    const real z[2] = {0, (real)1.0986122886681098}, odds[2] = {(real)0.25, (real)0.75};
    const real weight = 1;
    real dz[2] = {0};
    cross_entropy_soft_plain(loss, dz, z, odds, &weight, 1, 2);
    cr_expect_float_eq(loss[0], -(0.25 * log(0.25) + 0.75 * log(0.75)), 1e-6);
    cr_expect_float_eq(dz[0], 0, 1e-7);
    cr_expect_float_eq(dz[1], 0, 1e-7);
}

/* Whichever column is the largest. */
Test(cross_entropy, large_logits_of_soft_targets_do_not_overflow)
{
    CrossEntropySoft *const versions[] = {cross_entropy_soft_plain, cross_entropy_soft_fast};
    for (int k = 0; k < 2; k++)
        for (int top = 0; top < 3; top++) {
            real z[3] = {0}, wanted[3] = {0}, nats;
            z[top] = 1000;
            wanted[(top + 1) % 3] = 1;
            versions[k](&nats, NULL, z, wanted, NULL, 1, 3);
            cr_expect_float_eq((double)nats, 1000, 1e-3);
        }
}
