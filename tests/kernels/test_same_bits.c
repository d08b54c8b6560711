/* The bits of what is computed here, as they are on every machine: x86-64 and aarch64 are held to the same ones. A
 * value that a change of the arithmetic itself moved is printed, to be written down; a new machine moves none. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "base/elementary.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "cases.h"
#include "kernels/bf16.h"
#include "kernels/dropout_mask.h"
#include "kernels/gemm_bf16.h"
#include "kernels/gemm_fp32.h"

static Arena *arena;
static Error error;
static Hash *hash;

static void start(void)
{
    arena = arena_create("test", &error);
    cr_assert(arena && gemm_fp32_start(&error) && gemm_bf16_start(&error), "%s", error.text);
    hash = hash_begin(arena, &error);
    cr_assert(hash, "%s", error.text);
    parallel_set_threads(2);
}

static void stop(void)
{
    arena_destroy(arena);
}

TestSuite(same_bits, .init = start, .fini = stop);

/* Which NaN it is is left open. */
static void add_double(double x)
{
    const double value = isnan(x) ? (double)NAN : x;
    hash_add(hash, &value, sizeof value);
}

static void add_reals(const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++) add_double((double)x[i]);
}

static void expect_bits(const char *what, const char *expected)
{
    enum { DIGITS = 16 };
    HashText got = hash_end(hash);
    got.text[DIGITS] = '\0';
    cr_expect_str_eq(got.text, expected, "%s: the bits are %s, not %s", what, got.text, expected);
}

/* --- what is the same in both builds ------------------------------------------------------------- */

enum { EVERY = 10007 }; /* of the floats, by their bits */

static float float_of(uint64_t bits)
{
    const uint32_t low = (uint32_t)bits;
    float x;
    memcpy(&x, &low, sizeof x);
    return x;
}

Test(same_bits, of_elementary_functions_of_floats)
{
    for (uint64_t bits = 0; bits >> 32 == 0; bits += EVERY) {
        const float x = float_of(bits);
        add_double((double)elementary_expf(x));
        add_double((double)elementary_logf(x));
        add_double((double)elementary_tanhf(x));
    }
    expect_bits("exp, log, tanh", "a4fb4c8de5d5f1d8");
}

Test(same_bits, of_elementary_functions_of_doubles)
{
    enum { N = 100000 };
    const RngKey key = rng_key(1, RNG_TEST, 0);
    for (uint64_t i = 0; i < N; i++) {
        const double u = (double)rng_uniform(key, i), wide = 1500 * (u - 0.5);
        add_double(elementary_exp64(wide));
        add_double(elementary_log64(u));
        add_double(elementary_log64(1 + u / 4096));
        add_double(elementary_tanh64(wide / 64));
        add_double(elementary_sin64(wide));
        add_double(elementary_cos64(wide * 512));
        add_double(rng_normal(key, i));
    }
    expect_bits("exp, log, tanh, sin, cos, normal", "3cbddd17e2fec6af");
}

Test(same_bits, of_erf)
{
    enum { N = 100000 };
    for (uint64_t bits = 0; bits >> 32 == 0; bits += EVERY)
        add_double((double)elementary_erff(float_of(bits)));
    for (int i = -N; i <= N; i++) add_double(elementary_erf64(7.0 * i / N));
    expect_bits("erf", "24e4555642c3da67");
}

Test(same_bits, of_operands_in_bf16)
{
    for (uint64_t bits = 0; bits >> 32 == 0; bits += EVERY)
        add_double((double)bf16_round(float_of(bits)));
    expect_bits("operands", "c41a7162150c1dc0");
}

Test(same_bits, of_dropout_masks)
{
    enum { N = 10000 };
    static real factor[N + DROPOUT_MASK_STEP];
    dropout_mask(factor, 0.25, rng_key(1, RNG_DROPOUT, 2), 8, N);
    for (size_t i = 0; i < N; i++) add_double(factor[i] > 0);
    expect_bits("a mask", "3ba8d14dca689ea1");
}

/* --- products ------------------------------------------------------------------------------------ */

#ifdef REPRISE_DOUBLE
#define IN_THIS_BUILD(in_float, in_double) in_double
#else
#define IN_THIS_BUILD(in_float, in_double) in_float
#endif

/* Of values around one, or so small that their products lie around the smallest normal number. */
static void add_product(Gemm *product, int M, int N, int K, bool small)
{
    const size_t size[] = {(size_t)M * (size_t)K, (size_t)K * (size_t)N, (size_t)M * (size_t)N};
    real *x[3];
    for (uint64_t t = 0; t < 3; t++) {
        const RngKey key = rng_key(t, RNG_TEST, small);
        const double scale = small ? t == 2 ? 0x1p-125 : 0x1p-62 : 1;
        x[t] = arena_alloc(arena, size[t], sizeof *x[t], &error);
        cr_assert(x[t], "%s", error.text);
        for (size_t i = 0; i < size[t]; i++)
            x[t][i] = (real)(scale * (2 * (double)rng_uniform(key, i) - 1));
    }
    product(x[2], x[0], x[1], (GemmShape){.M = M, .N = N, .K = K, .add = true});
    add_reals(x[2], size[2]);
}

static void add_products(Gemm *product)
{
    add_product(product, 61, 67, 259, false);
    add_product(product, 130, 40, 33, false);
    add_product(product, 61, 67, 33, true);
}

Test(same_bits, of_products)
{
    add_products(gemm_fp32_fast);
    expect_bits("fp32", IN_THIS_BUILD("114af3bd2a831313", "c4e354b2aa393f77"));
}

Test(same_bits, of_products_in_bf16)
{
    add_products(gemm_bf16_fast);
    expect_bits("bf16", "eb3e9ce769fa37af");
}

/* --- kernels: all rows of cases.c ----------------------------------------------------------------- */

static const struct {
    const char *name, *in_float, *in_double;
} kernel_bits[] = {
    {"gelu", "44f52480a1f19299", "8216ccb7f71c3c7e"},
    {"gelu_erf", "30e896cbf7097d9a", "9a077e5f43e0d1e8"},
    {"relu", "34c6fe89ddc894b6", "34c6fe89ddc894b6"},
    {"tanh", "653f27a7565ebc48", "ff9827b5261223a5"},
    {"dropout", "b11ff645192fd584", "442758cba7bac277"},
    {"dropout_add", "68cfbd205542b581", "0b8f8509cc1c507f"},
    {"layernorm", "fdad3a936b6be474", "57c7bf9fe64baa56"},
    {"rms_norm", "d58885408a0fe5b5", "5b81ab2cd7b23024"},
    {"linear", "50ac4c50bd7cf077", "7704d6b057dfd0df"},
    {"linear_adding", "ceaaa1c2da2863b9", "62084982e75f3601"},
    {"attention", "586273c9bc0c6128", "dfe1671dd4ea6095"},
    {"attention_bidirectional", "44bf9a2291e6f218", "c761678103f8f59d"},
    {"attention_cross", "b152147ebf522a6f", "fd26670cb0886ca3"},
    {"attention_biased", "f349944655809b96", "f6ab914f41e80b81"},
    {"attention_bidirectional_biased", "1cf9477430e3b78e", "20412d0ff640c146"},
    {"attention_cross_biased", "a34c2f4e05a9730f", "1463cfb10d17db43"},
    {"relative_bias", "082e58b407ab49bc", "1985b17edfb9ae19"},
    {"lstm_layer", "49d71cd98efdd110", "3e45ae09a6121396"},
    {"embedding", "a408c4c3ef64416a", "85f36171cb9a4d18"},
    {"embedding_segments", "1858b8fee2f9520d", "fdd035b6cfe5b9d2"},
    {"cross_entropy_tied", "d183af8dee4acf8d", "14928218b3994cf4"},
    {"cross_entropy_tied_bias", "1780ebcc6288ddef", "a79f0fbfbc61f063"},
    {"cross_entropy_rows", "639ecabc896676bf", "5618ca7944c141f7"},
    {"cross_entropy_soft", "1a65abb208ac7c59", "d4e86a2b08b10773"},
    {"squared_error_rows", "70228bbabbde9122", "c154d2eddc43155b"},
    {"logits", "7edf442ee1cae509", "81d5b3cd91a25360"},
    {"logits_bias", "9878315b99f3fa90", "9371db50ed4ac5ce"},
    {"logits_largest", "f019725659f66d67", "f019725659f66d67"},
    {"logits_largest_bias", "f019725659f66d67", "f019725659f66d67"},
    {"pool", "3944ffbd0c366ff8", "3944ffbd0c366ff8"},
    {"accumulate", "25534237706117e1", "25534237706117e1"},
    {"scale", "6ebc92abf0ab472e", "317134db9d067f3b"},
    {"norm_squared", "448d71771604b5f8", "7caa693620f755f5"},
    {"adam_update", "f89b86215136e72d", "a8a5c8d8b35242d3"},
    {"adafactor_update", "6667b99d833e51f5", "93e78e925a603d89"},
};
enum { N_KERNELS = sizeof kernel_bits / sizeof *kernel_bits };

static void add_case(const KernelCase *kernel_case, int shape, Precision precision)
{
    CaseRun run;
    const Kernels *kernels = kernels_in(&kernels_fast, precision);
    cr_assert(case_prepare(&run, kernel_case, kernel_case->shapes[shape], arena, &error), "%s",
              error.text);
    kernel_case->forward(kernels, &run);
    for (int t = 0; t < run.n_outputs; t++) add_reals(run.output[t], run.sizes.output[t]);
    if (!kernel_case->backward) return;
    kernel_case->backward(kernels, &run);
    for (int t = 0; t < run.n_inputs; t++) add_reals(run.dinput[t], run.sizes.input[t]);
}

Test(same_bits, of_every_kernel)
{
    cr_assert_eq(kernel_n_cases, N_KERNELS);
    for (size_t k = 0; k < N_KERNELS; k++) {
        const KernelCase *kernel_case = kernel_case_find(kernel_bits[k].name);
        cr_assert(kernel_case, "%s", kernel_bits[k].name);
        hash = hash_begin(arena, &error);
        cr_assert(hash, "%s", error.text);
        for (int shape = 0; shape < kernel_case_n_shapes(kernel_case); shape++) {
            add_case(kernel_case, shape, PRECISION_FP32);
            add_case(kernel_case, shape, PRECISION_BF16);
        }
        expect_bits(kernel_case->name,
                    IN_THIS_BUILD(kernel_bits[k].in_float, kernel_bits[k].in_double));
    }
}
