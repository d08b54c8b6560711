/* Products of bfloat16: every way that this processor has against the definition, bit for bit. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "base/arena.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "kernels/bf16.h"
#include "kernels/gemm_bf16.h"

static Arena *arena;
static Error error;

static void start(void)
{
    parallel_set_threads(3);
    arena = arena_create("test", &error);
    cr_assert(arena && gemm_bf16_start(&error), "%s", error.text);
}

static void stop(void)
{
    arena_destroy(arena);
}

TestSuite(gemm_bf16, .init = start, .fini = stop);

/* --- operands ---------------------------------------------------------------------------------- */

typedef real Draw(uint64_t bits);

/* Between -1 and 1. */
static real draw_usual(uint64_t bits)
{
    return (real)((double)(int32_t)bits / 0x1p31);
}

/* Any float at all: every exponent, denormals, infinities, NaN with any payload. */
static real draw_any(uint64_t bits)
{
    const uint32_t half = (uint32_t)bits;
    float x;
    memcpy(&x, &half, sizeof x);
    return (real)x;
}

/* Small ones, so that products and sums are around 2^-126, and now and then a denormal. */
static real draw_small(uint64_t bits)
{
    const int exponent = -52 - (int)(bits >> 40 & 15);
    return (real)ldexp(draw_usual(bits), bits >> 60 == 0 ? -127 : exponent);
}

/* Mostly usual, seldom one of the special values. */
static real draw_special(uint64_t bits)
{
    static const float special[] = {0.0F,         -0.0F,           INFINITY,        -INFINITY,
                                    0x1p-126F,    0x1p-149F,       -0x1p-133F,      0x1p127F,
                                    -0x1.FEp127F, 0x1.FFFFFEp127F, 0x1.FFFFFEp-127F};
    const size_t n = sizeof special / sizeof *special, i = bits >> 40 & 1023;
    return i < n ? (real)special[i] : i == n ? (real)NAN : draw_usual(bits);
}

static real *drawn(size_t n, uint64_t stream, Draw *draw)
{
    real *x = arena_alloc(arena, n + 1, sizeof *x, &error);
    cr_assert(x, "%s", error.text);
    const RngKey low = rng_key(stream, RNG_TEST, 0), high = rng_key(stream, RNG_TEST, 1);
    for (size_t i = 0; i < n; i++) x[i] = draw((uint64_t)rng_u32(high, i) << 32 | rng_u32(low, i));
    return x;
}

/* --- comparison -------------------------------------------------------------------------------- */

enum { KINDS = 2 * 2 * 3 * 2, WIDER = 3 };

static GemmShape shape_of(int M, int N, int K, int kind, const real *bias)
{
    GemmShape shape = {.M = M, .N = N, .K = K, .transpose_a = kind & 1, .transpose_b = kind & 2};
    shape.add = kind / 4 % 3 == 1;
    if (kind / 4 % 3 == 2) shape.bias = bias;
    if (kind < KINDS / 2) return shape;
    shape.lda = (shape.transpose_a ? M : K) + WIDER;
    shape.ldb = (shape.transpose_b ? K : N) + WIDER;
    shape.ldc = N + WIDER;
    return shape;
}

static void expect_bits(const real *c, const real *plain, size_t n, const char *way,
                        GemmShape shape)
{
    size_t i = 0;
    while (i < n && memcmp(&c[i], &plain[i], sizeof *c) == 0) i++;
    cr_expect(i == n,
              "%s: M %d, N %d, K %d, transposed %d %d, add %d, bias %d: value %zu is %a, not %a",
              way, shape.M, shape.N, shape.K, shape.transpose_a, shape.transpose_b, shape.add,
              shape.bias != NULL, i, (double)c[i], (double)plain[i]);
}

static void check_kind(int M, int N, int K, int kind, Draw *draw)
{
    const size_t size_c = (size_t)M * (size_t)(N + WIDER);
    const real *a = drawn((size_t)(M + WIDER) * (size_t)(K + WIDER), 1, draw);
    const real *b = drawn((size_t)(K + WIDER) * (size_t)(N + WIDER), 2, draw);
    const real *bias = drawn((size_t)N, 4, draw);
    const GemmShape shape = shape_of(M, N, K, kind, bias);
    real *plain = drawn(size_c, 3, draw), *c = drawn(size_c, 3, draw);
    gemm_bf16_plain(plain, a, b, shape);
    gemm_bf16_fast(c, a, b, shape);
    expect_bits(c, plain, size_c, "fast", shape);
    for (int i = 0; i < gemm_bf16_n_ways; i++) {
        if (!gemm_bf16_ways[i].supported()) continue;
        Gemm *const products[] = {gemm_bf16_ways[i].tile, gemm_bf16_ways[i].whole};
        for (int product = 0; product < 2; product++) {
            c = drawn(size_c, 3, draw);
            products[product](c, a, b, shape);
            expect_bits(c, plain, size_c, gemm_bf16_ways[i].name, shape);
        }
    }
}

static void check(int M, int N, int K, Draw *draw)
{
    for (int kind = 0; kind < KINDS; kind++) check_kind(M, N, K, kind, draw);
}

Test(gemm_bf16, every_way_gives_the_bits_of_the_definition)
{
    check(1, 1, 1, draw_usual);
    check(1, 1, 0, draw_usual);
    check(3, 5, 7, draw_usual);
    check(14, 32, 2, draw_usual);
    check(6, 16, 64, draw_usual);
    check(64, 64, 64, draw_usual);
    check(29, 33, 257, draw_usual);
    check(131, 67, 30, draw_usual);
}

Test(gemm_bf16, and_across_blocks_and_tiles)
{
    check(530, 40, 9, draw_usual);
    check(40, 1030, 9, draw_usual);
    check(15, 17, 770, draw_usual);
    check(9, 11, 2063, draw_usual);
    check(2060, 9, 3, draw_usual);
    check(9, 2077, 3, draw_usual);
}

Test(gemm_bf16, with_operands_of_any_bits)
{
    check(33, 35, 3, draw_any);
    check(33, 35, 1, draw_any);
}

Test(gemm_bf16, around_the_smallest_normal_number)
{
    check(61, 67, 5, draw_small);
    check(33, 35, 64, draw_small);
}

Test(gemm_bf16, with_infinities_and_nan_here_and_there)
{
    check(61, 67, 5, draw_special);
    check(33, 35, 64, draw_special);
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
}

/* 2^24 + 1 - 2^24 is 0 in one order and 1 in another: the odd value of a pair comes first. */
Test(gemm_bf16, the_odd_value_of_a_pair_is_added_first)
{
    const real large = 0x1p24F, a[2] = {1, 1};
    real c;
    gemm_bf16_plain(&c, a, (real[2]){-large, large}, (GemmShape){.M = 1, .N = 1, .K = 2});
    cr_expect_eq(c, 0);
    c = 1;
    gemm_bf16_plain(&c, a, (real[2]){-large, large},
                    (GemmShape){.M = 1, .N = 1, .K = 2, .add = true});
    cr_expect_eq(c, 0); /* (1 + 2^24) - 2^24 */
    c = 1;
    gemm_bf16_plain(&c, a, (real[2]){1, -large}, (GemmShape){.M = 1, .N = 1, .K = 2, .add = true});
    cr_expect_eq(c, 2 - large); /* (1 - 2^24) + 1, exact */
    gemm_bf16_plain(&c, a, (real[2]){1, large}, (GemmShape){.M = 1, .N = 1, .K = 2});
    cr_expect_eq(c, large); /* 2^24 + 1 is rounded to even */
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

Test(gemm_bf16, what_is_not_a_number_has_one_form)
{
    real c[1];
    gemm_bf16_plain(c, (real[2]){INFINITY, 1}, (real[2]){0, 1},
                    (GemmShape){.M = 1, .N = 1, .K = 2});
    const float wanted = __builtin_nanf("");
    const float found = (float)c[0];
    cr_expect(memcmp(&found, &wanted, sizeof found) == 0);
}

Test(gemm_bf16, the_chosen_way_is_one_that_the_processor_has)
{
    bool found = false;
    for (int i = 0; i < gemm_bf16_n_ways; i++)
        found = found || (strcmp(gemm_bf16_ways[i].name, gemm_bf16_chosen()) == 0 &&
                          gemm_bf16_ways[i].supported());
    cr_expect(found);
}
