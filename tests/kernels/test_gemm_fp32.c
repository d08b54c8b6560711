/* Products (gemm_rig.h), and their definition. */
#include <criterion/criterion.h>
#include <math.h>
#include "gemm_rig.h"
#include "kernels/gemm_fp32.h"

static const GemmRig products = {gemm_fp32_start, gemm_fp32_plain,   gemm_fp32_fast,
                                 gemm_fp32_ways,  &gemm_fp32_n_ways, gemm_fp32_chosen};

static void start(void)
{
    gemm_rig_start(&products);
}

TestSuite(gemm_fp32, .init = start, .fini = gemm_rig_stop);

Test(gemm_fp32, every_way_gives_the_bits_of_the_definition)
{
    gemm_rig_shapes(&products);
}

Test(gemm_fp32, and_across_blocks_and_tiles)
{
    gemm_rig_blocks(&products);
}

Test(gemm_fp32, with_any_number_of_threads)
{
    gemm_rig_threads(&products);
}

Test(gemm_fp32, with_operands_of_any_bits)
{
    gemm_rig_any(&products);
}

Test(gemm_fp32, around_the_smallest_normal_number)
{
    gemm_rig_small(&products);
}

Test(gemm_fp32, with_infinities_and_nan_here_and_there)
{
    gemm_rig_special(&products);
}

Test(gemm_fp32, the_chosen_way_is_one_that_the_processor_has)
{
    gemm_rig_chosen(&products);
}

/* --- the definition ---------------------------------------------------------------------------- */

/* 2^24 + 1 - 2^24 is 0 in one order and 1 in another. */
Test(gemm_fp32, k_goes_up_from_what_the_sum_begins_as)
{
    const real large = sizeof(real) == sizeof(float) ? (real)0x1p24 : (real)0x1p53,
               a[3] = {1, 1, 1};
    real c = 1;
    gemm_fp32_plain(&c, a, (real[3]){large, -large, 1}, (GemmShape){.M = 1, .N = 1, .K = 3});
    cr_expect_eq(c, 1);
    gemm_fp32_plain(&c, a, (real[3]){large, 1, -large}, (GemmShape){.M = 1, .N = 1, .K = 3});
    cr_expect_eq(c, 0);
    c = 1;
    gemm_fp32_plain(&c, a, (real[2]){large, -large},
                    (GemmShape){.M = 1, .N = 1, .K = 2, .add = true});
    cr_expect_eq(c, 0);
    gemm_fp32_plain(&c, a, (real[2]){large, -large},
                    (GemmShape){.M = 1, .N = 1, .K = 2, .bias = (real[1]){1}});
    cr_expect_eq(c, 0);
}

/* (1 + e)^2 - (1 + 2e) is e^2, which a product that is rounded by itself has lost. */
Test(gemm_fp32, a_product_is_not_rounded_before_it_is_added)
{
    const real e = sizeof(real) == sizeof(float) ? (real)0x1p-20 : (real)0x1p-50;
    real c = -(1 + 2 * e);
    gemm_fp32_plain(&c, &(real){1 + e}, &(real){1 + e},
                    (GemmShape){.M = 1, .N = 1, .K = 1, .add = true});
    cr_expect_eq(c, e * e);
}

Test(gemm_fp32, numbers_below_the_normal_ones_are_zero)
{
    const real one = 1, least = sizeof(real) == sizeof(float) ? (real)0x1p-126 : (real)0x1p-1022;
    const real below = least / 2, half = (real)0.5;
    real c = 1;
    cr_assert(below > 0);
    gemm_fp32_plain(&c, &one, &below, (GemmShape){.M = 1, .N = 1, .K = 1});
    cr_expect_eq(c, 0, "an operand");
    c = below;
    gemm_fp32_plain(&c, &one, &(real){0}, (GemmShape){.M = 1, .N = 1, .K = 1, .add = true});
    cr_expect_eq(c, 0, "a sum");
    gemm_fp32_plain(&c, &half, &least, (GemmShape){.M = 1, .N = 1, .K = 1});
    cr_expect_eq(c, 0, "a result");
}

Test(gemm_fp32, an_empty_product_writes_nothing)
{
    real c = 5;
    gemm_fp32_fast(&c, &c, &c, (GemmShape){.M = 0, .N = 3, .K = 3});
    gemm_fp32_fast(&c, &c, &c, (GemmShape){.M = 3, .N = 0, .K = 3});
    cr_expect_eq(c, 5);
}

Test(gemm_fp32, an_empty_sum_is_zero_and_keeps_the_bias)
{
    real c[2] = {5, 5}, none = 0;
    const real bias[2] = {1, 2};
    gemm_fp32_fast(c, &none, &none, (GemmShape){.M = 1, .N = 2, .K = 0, .bias = bias});
    cr_expect_eq(c[0], 1);
    cr_expect_eq(c[1], 2);
    gemm_fp32_fast(c, &none, &none, (GemmShape){.M = 1, .N = 2, .K = 0});
    cr_expect_eq(c[0], 0);
}
