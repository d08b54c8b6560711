/* Products of bfloat16 (gemm_rig.h), and their definition. */
#include <criterion/criterion.h>
#include <math.h>
#include "kernels/gemm_fp32.h"
#include "gemm_rig.h"
#include "kernels/bf16.h"
#include "kernels/gemm_bf16.h"

static const GemmRig products = {gemm_bf16_start, gemm_bf16_plain,   gemm_bf16_fast,
                                 gemm_bf16_ways,  &gemm_bf16_n_ways, gemm_bf16_chosen};

static void start(void)
{
    gemm_rig_start(&products);
}

TestSuite(gemm_bf16, .init = start, .fini = gemm_rig_stop);

Test(gemm_bf16, every_way_gives_the_bits_of_the_definition)
{
    gemm_rig_shapes(&products);
}

Test(gemm_bf16, and_across_blocks_and_tiles)
{
    gemm_rig_blocks(&products);
}

Test(gemm_bf16, with_any_number_of_threads)
{
    gemm_rig_threads(&products);
}

Test(gemm_bf16, with_operands_of_any_bits)
{
    gemm_rig_any(&products);
}

Test(gemm_bf16, around_the_smallest_normal_number)
{
    gemm_rig_small(&products);
}

Test(gemm_bf16, with_infinities_and_nan_here_and_there)
{
    gemm_rig_special(&products);
}

Test(gemm_bf16, the_chosen_way_is_one_that_the_processor_has)
{
    gemm_rig_chosen(&products);
}

/* --- the definition ---------------------------------------------------------------------------- */

Test(gemm_bf16, an_operand_is_rounded_to_the_nearest_and_ties_to_even)
{
    cr_expect_eq(bf16_round(1.0F), 1.0F);
    cr_expect_eq(bf16_round(0x1.01p0F), 0x1.00p0F); /* half a step above an even one */
    cr_expect_eq(bf16_round(0x1.03p0F), 0x1.04p0F); /* half a step above an odd one */
    cr_expect_eq(bf16_round(0x1.010002p0F), 0x1.02p0F);
    cr_expect_eq(bf16_round(-0x1.02FFFEp0F), -0x1.02p0F);
    cr_expect_eq(bf16_round(0x1.FFp127F), INFINITY);
    cr_expect_eq(bf16_round(0x1.FEFFFEp127F), 0x1.FEp127F);
    cr_expect_eq(bf16_round(INFINITY), INFINITY);
    cr_expect(isnan(bf16_round(NAN)));
    cr_expect_eq(bf16_round(0x1p-126F), 0x1p-126F);
    cr_expect_eq(bf16_round(0x1.FFFFFCp-127F), 0); /* before it would be rounded up to 2^-126 */
}

/* 2^24 + 1 - 2^24 is 0 in one order and 1 in another. */
Test(gemm_bf16, even_and_odd_values_of_a_block_are_summed_apart)
{
    const real large = 0x1p24F, one[4] = {1, 1, 1, 1};
    real c = 1;
    gemm_bf16_plain(&c, one, (real[4]){large, 1, -large, 0}, (GemmShape){.M = 1, .N = 1, .K = 4});
    cr_expect_eq(c, 1); /* (2^24 - 2^24) + 1 */
    gemm_bf16_plain(&c, one, (real[4]){large, 0, 1, -large}, (GemmShape){.M = 1, .N = 1, .K = 4});
    cr_expect_eq(c, 0); /* (2^24 + 1 is rounded to even) - 2^24 */
}

Test(gemm_bf16, a_block_is_added_as_a_whole)
{
    enum { K = 33 };
    const real large = 0x1p24F;
    real one[K], b[K] = {large, -large}, c = 1;
    for (int k = 0; k < K; k++) one[k] = 1;
    gemm_bf16_plain(&c, one, b, (GemmShape){.M = 1, .N = 1, .K = 2, .add = true});
    cr_expect_eq(c, 1);
    b[1] = 1, b[32] = -large;
    gemm_bf16_plain(&c, one, b, (GemmShape){.M = 1, .N = 1, .K = K});
    cr_expect_eq(c, 0); /* (2^24 + 1 is rounded to even) - 2^24, of the next block */
}

Test(gemm_bf16, numbers_below_the_normal_ones_are_zero)
{
    real c = 0x1p-130F;
    const real one = 1, tiny = 0x1p-64F;
    gemm_bf16_plain(&c, &one, &(real){0x1p-127F}, (GemmShape){.M = 1, .N = 1, .K = 1, .add = true});
    cr_expect_eq(c, 0);
    gemm_bf16_plain(&c, &tiny, &tiny, (GemmShape){.M = 1, .N = 1, .K = 1});
    cr_expect_eq(c, 0);
}

/* A sum that has become a negative zero, by what is below 2^-126, meets the zeros behind the last k. */
Test(gemm_bf16, a_block_is_whole)
{
    const real negative = (real)-0.0, tiny = 0x1p-64F;
    real c = negative, a[GEMM_BLOCK], b[GEMM_BLOCK];
    for (int k = 0; k < GEMM_BLOCK; k++) a[k] = tiny, b[k] = -tiny;
    gemm_bf16_plain(&c, a, b, (GemmShape){.M = 1, .N = 1, .K = 2, .add = true});
    cr_expect(!signbit(c));
    c = negative;
    gemm_bf16_plain(&c, a, b, (GemmShape){.M = 1, .N = 1, .K = GEMM_BLOCK, .add = true});
    cr_expect(signbit(c));
    c = negative;
    gemm_bf16_plain(&c, NULL, NULL, (GemmShape){.M = 1, .N = 1, .K = 0, .add = true});
    cr_expect(signbit(c));
}
