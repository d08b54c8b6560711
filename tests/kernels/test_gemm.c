#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "base/arena.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "kernels/gemm.h"

static Arena *arena;
static Error error;

static void start(void)
{
    arena = arena_create("test", &error);
    cr_assert(arena && gemm_start(&error), "%s", error.text);
    parallel_set_threads(2);
}

static void stop(void)
{
    arena_destroy(arena);
}

TestSuite(gemm, .init = start, .fini = stop);

static real *noise(size_t n, uint64_t stream)
{
    real *x = arena_alloc(arena, n, sizeof *x, &error);
    cr_assert(x, "%s", error.text);
    for (size_t i = 0; i < n; i++)
        x[i] = (real)(2 * rng_uniform(rng_key(stream, RNG_TEST, 0), i) - 1);
    return x;
}

static void check_close(const real *c, const real *plain, size_t n, const char *what,
                        GemmShape shape)
{
    const double tolerance = (sizeof(real) == sizeof(float) ? 1e-6 : 1e-15) * (2 + shape.K);
    double apart = 0;
    for (size_t i = 0; i < n; i++) apart = fmax(apart, fabs((double)(c[i] - plain[i])));
    cr_expect(apart <= tolerance, "%s: M %d, N %d, K %d, transposed %d %d: %g apart", what, shape.M,
              shape.N, shape.K, shape.transpose_a, shape.transpose_b, apart);
}

/* All three agree, also on what lies between the rows of c and must stay as it was. */
static void check_shape(GemmShape shape, size_t size_a, size_t size_b, size_t size_c)
{
    const real *a = noise(size_a, 1), *b = noise(size_b, 2);
    real *plain = noise(size_c, 3), *fast = noise(size_c, 3), *tile = noise(size_c, 3);
    gemm_plain(plain, a, b, shape);
    gemm_fast(fast, a, b, shape);
    gemm_tile(tile, a, b, shape);
    check_close(fast, plain, size_c, "fast", shape);
    check_close(tile, plain, size_c, "tile", shape);
}

static void check_dense(int M, int N, int K)
{
    const real *bias = noise((size_t)N, 4);
    for (int kind = 0; kind < 12; kind++) {
        GemmShape shape = {
            .M = M, .N = N, .K = K, .transpose_a = kind & 1, .transpose_b = kind & 2};
        shape.add = kind / 4 == 1;
        shape.bias = kind / 4 == 2 ? bias : NULL;
        check_shape(shape, (size_t)M * K, (size_t)K * N, (size_t)M * N);
    }
}

Test(gemm, agrees_with_the_definition_for_every_layout)
{
    check_dense(1, 1, 1);
    check_dense(3, 5, 7);
    check_dense(64, 64, 64);
    check_dense(131, 67, 30);
}

Test(gemm, agrees_with_the_definition_across_tiles)
{
    check_dense(513, 70, 9);
    check_dense(70, 1030, 9);
    check_dense(1100, 300, 5);
}

Test(gemm, works_on_parts_of_wider_matrices)
{
    enum { M = 130, N = 70, K = 11, WIDE = 140 };
    GemmShape shape = {.M = M, .N = N, .K = K, .lda = WIDE, .ldb = WIDE, .ldc = WIDE};
    check_shape(shape, (size_t)M * WIDE, (size_t)K * WIDE, (size_t)M * WIDE);
    shape.transpose_a = shape.transpose_b = shape.add = true;
    check_shape(shape, (size_t)K * WIDE, (size_t)N * WIDE, (size_t)M * WIDE);
}

Test(gemm, an_empty_product_writes_nothing)
{
    real c = 5;
    gemm_fast(&c, &c, &c, (GemmShape){.M = 0, .N = 3, .K = 3});
    gemm_fast(&c, &c, &c, (GemmShape){.M = 3, .N = 0, .K = 3});
    cr_expect_eq(c, 5);
}

Test(gemm, an_empty_sum_is_zero_and_keeps_the_bias)
{
    real c[2] = {5, 5}, none = 0;
    const real bias[2] = {1, 2};
    gemm_fast(c, &none, &none, (GemmShape){.M = 1, .N = 2, .K = 0, .bias = bias});
    cr_expect_eq(c[0], 1);
    cr_expect_eq(c[1], 2);
    gemm_fast(c, &none, &none, (GemmShape){.M = 1, .N = 2, .K = 0});
    cr_expect_eq(c[0], 0);
}

Test(gemm, says_which_library_and_core_it_uses)
{
    cr_expect(strstr(gemm_library(), "OpenBLAS") == gemm_library());
    cr_expect_gt(strlen(gemm_core()), 0);
}
