#include "gemm_rig.h"
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "base/arena.h"
#include "base/parallel.h"
#include "base/rng.h"

static Arena *arena;
static Error error;

enum { THREADS = 3 };

void gemm_rig_start(const GemmRig *products)
{
    parallel_set_threads(THREADS);
    arena = arena_create("test", &error);
    cr_assert(arena && products->start(&error), "%s", error.text);
}

void gemm_rig_stop(void)
{
    arena_destroy(arena);
}

/* --- operands ---------------------------------------------------------------------------------- */

/* A value of 64 random bits. */
typedef real Draw(uint64_t bits);

static real draw_usual(uint64_t bits)
{
    return (real)((double)(int32_t)bits / 0x1p31);
}

static real draw_any(uint64_t bits)
{
    const uint32_t half = (uint32_t)bits;
    float x;
    memcpy(&x, &half, sizeof x);
    return (real)x;
}

static real draw_small(uint64_t bits)
{
    const int exponent = -52 - (int)(bits >> 40 & 15);
    return (real)ldexp(draw_usual(bits), bits >> 60 == 0 ? -127 : exponent);
}

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
    while (i < n && (memcmp(&c[i], &plain[i], sizeof *c) == 0 || (isnan(c[i]) && isnan(plain[i]))))
        i++;
    cr_expect(i == n,
              "%s: M %d, N %d, K %d, transposed %d %d, add %d, bias %d: value %zu is %a, not %a",
              way, shape.M, shape.N, shape.K, shape.transpose_a, shape.transpose_b, shape.add,
              shape.bias != NULL, i, (double)c[i], (double)plain[i]);
}

/* c = a b, of a b that was packed before. */
static void check_packed(const GemmWay *way, real *c, const real *a, const real *b, GemmShape shape)
{
    real *packed = arena_alloc(arena, gemm_packed_values(shape.N, shape.K), sizeof *packed, &error);
    cr_assert(packed, "%s", error.text);
    way->pack(packed, b, shape);
    shape.packed = true;
    way->tile(c, a, packed, shape);
}

static void check_kind(const GemmRig *products, int M, int N, int K, int kind, Draw *draw)
{
    const size_t size_c = (size_t)M * (size_t)(N + WIDER);
    const real *a = drawn((size_t)(M + WIDER) * (size_t)(K + WIDER), 1, draw);
    const real *b = drawn((size_t)(K + WIDER) * (size_t)(N + WIDER), 2, draw);
    const real *bias = drawn((size_t)N, 4, draw);
    const GemmShape shape = shape_of(M, N, K, kind, bias);
    real *plain = drawn(size_c, 3, draw), *c = drawn(size_c, 3, draw);
    products->plain(plain, a, b, shape);
    products->fast(c, a, b, shape);
    expect_bits(c, plain, size_c, "fast", shape);
    for (int i = 0; i < *products->n_ways; i++) {
        if (!products->ways[i].supported()) continue;
        c = drawn(size_c, 3, draw);
        check_packed(&products->ways[i], c, a, b, shape);
        expect_bits(c, plain, size_c, "packed", shape);
        Gemm *const both[] = {products->ways[i].tile, products->ways[i].whole};
        for (int product = 0; product < 2; product++) {
            c = drawn(size_c, 3, draw);
            both[product](c, a, b, shape);
            expect_bits(c, plain, size_c, products->ways[i].name, shape);
        }
    }
}

static void check(const GemmRig *products, int M, int N, int K, Draw *draw)
{
    for (int kind = 0; kind < KINDS; kind++) check_kind(products, M, N, K, kind, draw);
}

/* --- tests ------------------------------------------------------------------------------------- */

void gemm_rig_shapes(const GemmRig *products)
{
    static const int shapes[][3] = {{1, 1, 1},   {1, 1, 0},    {3, 5, 7},     {14, 32, 2},
                                    {6, 16, 64}, {64, 64, 64}, {29, 33, 257}, {131, 67, 30}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        check(products, shapes[i][0], shapes[i][1], shapes[i][2], draw_usual);
}

void gemm_rig_blocks(const GemmRig *products)
{
    static const int shapes[][3] = {{530, 40, 9},  {40, 1030, 9}, {15, 17, 770},
                                    {9, 11, 2063}, {2060, 9, 3},  {9, 2077, 3}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        check(products, shapes[i][0], shapes[i][1], shapes[i][2], draw_usual);
}

void gemm_rig_threads(const GemmRig *products)
{
    for (int n = 1; n <= THREADS + 1; n++) {
        parallel_set_threads(n);
        check_kind(products, 530, 300, 40, 0, draw_usual);
    }
}

void gemm_rig_any(const GemmRig *products)
{
    check(products, 33, 35, 3, draw_any);
    check(products, 33, 35, 1, draw_any);
}

void gemm_rig_small(const GemmRig *products)
{
    check(products, 61, 67, 5, draw_small);
    check(products, 33, 35, 64, draw_small);
}

void gemm_rig_special(const GemmRig *products)
{
    check(products, 61, 67, 5, draw_special);
    check(products, 33, 35, 64, draw_special);
}

void gemm_rig_chosen(const GemmRig *products)
{
    bool found = false;
    for (int i = 0; i < *products->n_ways; i++)
        found = found || (strcmp(products->ways[i].name, products->chosen()) == 0 &&
                          products->ways[i].supported());
    cr_expect(found);
}
