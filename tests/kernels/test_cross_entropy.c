#include <criterion/criterion.h>
#include <math.h>
#include "kernels/gemm_fp32.h"
#include "kernels/kernels.h"

enum { N = 3, C = 2, V = 9, SCRATCH = 256 };

static real loss[N], scratch[SCRATCH];
static const int target[N] = {4, -1, 0};

static void start(void)
{
    Error error = {0};
    cr_assert(gemm_fp32_start(&error), "%s", error.text);
    cr_assert_leq(cross_entropy_scratch(N, C, V), SCRATCH);
}

TestSuite(cross_entropy, .init = start);

Test(cross_entropy, equal_logits_cost_the_logarithm_of_the_choices)
{
    const real x[N * C] = {0}, E[V * C] = {0};
    kernels_fast.cross_entropy_tied(&kernels_fast.products, loss, NULL, NULL, NULL, x, E, NULL,
                                    target, NULL, scratch, N, C, V);
    cr_expect_float_eq(loss[0], log(V), 1e-6);
}

Test(cross_entropy, a_row_without_target_has_no_loss_and_no_gradient)
{
    const real x[N * C] = {1, 2, 3, 4, 5, 6}, weight[N] = {1, 1, 1};
    real E[V * C], dx[N * C] = {0}, dE[V * C] = {0};
    for (int i = 0; i < V * C; i++) E[i] = (real)(i % 5) / 5;
    kernels_fast.cross_entropy_tied(&kernels_fast.products, loss, dx, dE, NULL, x, E, NULL, target,
                                    weight, scratch, N, C, V);
    cr_expect_eq(loss[1], 0);
    cr_expect_eq(dx[C], 0);
    cr_expect_eq(dx[C + 1], 0);
    cr_expect_neq(dx[0], 0);
}

/* Rows are computed with where they lie, or gathered: the same bits. */
Test(cross_entropy, rows_without_target_between_others_change_nothing)
{
    enum { SIDE_BY_SIDE = 2 };
    const real x[N * C] = {1, 2, 3, 4, 5, 6}, weight[N] = {(real)0.3, 1, (real)0.6};
    const real near_x[SIDE_BY_SIDE * C] = {1, 2, 5, 6};
    const real near_weight[SIDE_BY_SIDE] = {weight[0], weight[2]};
    const int near_target[SIDE_BY_SIDE] = {target[0], target[2]};
    real E[V * C], dx[N * C] = {7, 7, 7, 7, 8, 8}, dE[V * C] = {9};
    real near_dx[SIDE_BY_SIDE * C] = {7, 7, 8, 8}, near_dE[V * C] = {9}, near_loss[SIDE_BY_SIDE];
    for (int i = 0; i < V * C; i++) E[i] = (real)(i % 5) / 5;
    kernels_fast.cross_entropy_tied(&kernels_fast.products, loss, dx, dE, NULL, x, E, NULL, target,
                                    weight, scratch, N, C, V);
    kernels_fast.cross_entropy_tied(&kernels_fast.products, near_loss, near_dx, near_dE, NULL,
                                    near_x, E, NULL, near_target, near_weight, scratch,
                                    SIDE_BY_SIDE, C, V);
    cr_expect_eq(loss[0], near_loss[0]);
    cr_expect_eq(loss[2], near_loss[1]);
    cr_expect_arr_eq(dE, near_dE, sizeof dE);
    cr_expect_arr_eq(dx, near_dx, C * sizeof *dx);
    cr_expect_arr_eq(dx + 2 * C, near_dx + C, C * sizeof *dx);
    cr_expect_eq(dx[C], 7);
}

Test(cross_entropy, large_logits_do_not_overflow)
{
    const real x[N * C] = {1000, 0, 0, 0, -1000, 0};
    real E[V * C] = {0};
    for (int v = 0; v < V; v++) E[v * C] = (real)v;
    kernels_fast.cross_entropy_tied(&kernels_fast.products, loss, NULL, NULL, NULL, x, E, NULL,
                                    target, NULL, scratch, N, C, V);
    cr_expect_float_eq(loss[0], 4000, 1e-2);
    cr_expect_float_eq(loss[2], 0, 1e-6);
}

Test(cross_entropy, the_loss_is_the_same_with_and_without_gradients)
{
    const real x[N * C] = {1, 2, 3, 4, 5, 6}, weight[N] = {1, 1, 1};
    real E[V * C], dx[N * C] = {0}, dE[V * C] = {0}, alone[N];
    for (int i = 0; i < V * C; i++) E[i] = (real)(i % 7) / 7;
    kernels_fast.cross_entropy_tied(&kernels_fast.products, alone, NULL, NULL, NULL, x, E, NULL,
                                    target, NULL, scratch, N, C, V);
    kernels_fast.cross_entropy_tied(&kernels_fast.products, loss, dx, dE, NULL, x, E, NULL, target,
                                    weight, scratch, N, C, V);
    cr_expect_arr_eq(alone, loss, sizeof loss);
}

/* --- a bias by token ----------------------------------------------------------------------------- */

typedef struct Tied {
    real loss[N], dx[N * C], dE[V * C], dbias[V];
} Tied;

static const real states[N * C] = {1, 2, 3, 4, 5, 6};
static const real weights[N] = {(real)0.5, 1, (real)0.25};

static Tied tied(const Kernels *table, const real *bias, bool with_dbias)
{
    Tied tied = {0};
    real E[V * C];
    for (int i = 0; i < V * C; i++) E[i] = (real)(i % 5) / 5;
    table->cross_entropy_tied(&table->products, tied.loss, tied.dx, tied.dE,
                              with_dbias ? tied.dbias : NULL, states, E, bias, target, weights,
                              scratch, N, C, V);
    return tied;
}

static void expect_close(const char *what, const real *got, const double *known, int n)
{
    const double tolerance = sizeof(real) == sizeof(float) ? 2e-6 : 1e-14;
    for (int i = 0; i < n; i++)
        cr_expect_float_eq((double)got[i], known[i], tolerance, "%s[%d]: %.17g, not %.17g", what, i,
                           (double)got[i], known[i]);
}

/* torch 2.15, in double: (cross_entropy(x @ E.T + bias, target, ignore_index=-1) * weight).sum() */
Test(cross_entropy, with_a_bias_has_the_known_values_and_gradients)
{
    static const double known_loss[N] = {1.579908204756055, 0, 6.971960216571249};
    static const double known_dx[N * C] = {-0.07603641264158119, -0.17168101982266892, 0, 0,
                                           0.13874330090977852,  0.12422456247202353};
    static const double known_dE[V * C] = {
        -1.2318024438803374, -1.464542700547419,  0.19518218247430597,  0.2922832281729537,
        0.07365868091513586, 0.12189078236810474, 0.08807104847562093,  0.15822428924196635,
        0.46472408823499023, 0.2400665085248312,  0.023366124579248238, 0.04552807370422237,
        0.25061888318159353, 0.3752990938456151,  0.0945796184547267,   0.1565108626206005,
        0.04160181756471586, 0.07473986206912486};
    static const double known_dbias[V] = {
        -0.23274025666708154, 0.09710104569864775,  0.048232101452968884,
        0.07015324076634541,  -0.22465757971015907, 0.022161949124974135,
        0.1246802106640216,   0.06193124416587379,  0.033138044504409};
    const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
    real bias[V];
    for (int v = 0; v < V; v++) bias[v] = (real)(v % 4) / 4 - (real)0.5;
    for (int k = 0; k < 2; k++) {
        const Tied got = tied(tables[k], bias, true);
        expect_close("loss", got.loss, known_loss, N);
        expect_close("dx", got.dx, known_dx, N * C);
        expect_close("dE", got.dE, known_dE, V * C);
        expect_close("dbias", got.dbias, known_dbias, V);
    }
}

Test(cross_entropy, a_bias_of_zeros_is_none)
{
    const real zeros[V] = {0};
    const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
    for (int k = 0; k < 2; k++) {
        const Tied none = tied(tables[k], NULL, false), nothing = tied(tables[k], zeros, false);
        cr_expect_arr_eq(&none, &nothing, sizeof none, "%s", tables[k]->name);
    }
}

Test(cross_entropy, the_gradient_of_a_bias_may_be_left_out)
{
    const real bias[V] = {1, 0, -1};
    const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
    for (int k = 0; k < 2; k++) {
        const Tied whole = tied(tables[k], bias, true), without = tied(tables[k], bias, false);
        cr_expect_arr_eq(whole.dE, without.dE, sizeof whole.dE);
        cr_expect_arr_eq(whole.dx, without.dx, sizeof whole.dx);
        cr_expect_eq(without.dbias[0], 0);
        cr_expect_neq(whole.dbias[0], 0);
    }
}

/* --- a few classes ------------------------------------------------------------------------------- */

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
