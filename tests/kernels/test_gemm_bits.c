/* The bits of products of many shapes, as OpenBLAS 0.3.21 (Debian 12) and 0.3.29 (Debian 13) both give
 * them, however many threads there are, and wherever the product is asked for. */
#include <criterion/criterion.h>
#include <omp.h>
#include <string.h>
#include "base/arena.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "kernels/gemm.h"

/* Each size is multiplied in all KINDS: operands as they are or transposed; c = a b, c += a b or with a
 * bias; dense rows or wider ones. Once by gemm_fast, once by gemm_tile. */
enum { KINDS = 2 * 2 * 3 * 2, WIDER = 5, MOST_THREADS = 3 };

typedef struct Size {
    int M, N, K;
    uint64_t bits_float, bits_double; /* of all results; a failed test names what it found */
} Size;

/* 1, odd, prime, powers of two; above 64 x 64 x 64 the library takes threads if it is let; K above
 * 256 and 384 is summed in parts; M or N above 64 is cut into tiles. */
static const Size sizes[] = {
    {1, 1, 1, 0x0b31d3fbffd0f863, 0x260ab822cfe9e05a},
    {1, 7, 1, 0xa083ff66ab111926, 0xadf7056f5bc17795},
    {2, 3, 5, 0xc1470bd361c41a41, 0x92a4f4e624a82165},
    {3, 5, 7, 0x8971485164264847, 0x23296b33a091ac07},
    {5, 1, 31, 0x3cf2e3926fa0edfd, 0xe78f283057ac38fe},
    {7, 13, 17, 0x7de394c51e9d0591, 0xaf88ba836b70e0d5},
    {8, 8, 8, 0xeff23f37a8690dd9, 0x2318e768182f1429},
    {16, 4, 64, 0x71a6673cc678b75b, 0xbae0bc7e821f1a60},
    {17, 33, 65, 0x2c7f5cf2557cdeb0, 0xc1815f09fb714b01},
    {31, 31, 31, 0x93bcdab7ca83d95f, 0x772ced7772fc1ee4},
    {32, 64, 16, 0xe6a17e2e4cae9a3f, 0x4e1621cd8834dddc},
    {33, 2, 127, 0x3b7619542150c1f9, 0x8af831105e818353},
    {1, 300, 129, 0xe824e89603a42439, 0x8ec45a402e5b92cb},
    {127, 1, 257, 0xc2c5998872dcba66, 0xf21938ad59da0396},
    {384, 1, 384, 0xbfa4b26b6c303f65, 0xdfd0382dab1d70fc},
    {1, 1031, 512, 0x792d0d42cc231aab, 0x0ac27395ca01186d},
    {1, 1, 2048, 0xca8fdf44f129b2c3, 0xe5fea670f45f415b},
    {63, 65, 64, 0x6547be97717bdf58, 0x74dc7ee02e87ba3b},
    {64, 64, 64, 0x64f1914f70bacf68, 0x140055d8efd0d422},
    {64, 64, 256, 0xbb40d10a4fd5909a, 0x3e244c44daf3742b},
    {64, 64, 385, 0xf65a313933e508e2, 0xdeb0796615b2159b},
    {65, 64, 770, 0x96caa2d01b374161, 0xf22d06b926904261},
    {100, 100, 100, 0x34f93117152859f8, 0x9349f3674aa162c5},
    {128, 128, 64, 0x052e627ca03b5b30, 0xa7afe0ab5ee7f9f3},
    {131, 67, 30, 0xfd73c5c4e2edc35c, 0x642aea0a9f96ae64},
    {128, 512, 32, 0xb879377af5fa2bad, 0x393896635cd10b31},
    {255, 257, 31, 0x495499216276b57f, 0x99c3b4567ddcc192},
    {513, 70, 9, 0x840359802bba43aa, 0x87e767cf5f58aba0},
    {70, 1030, 9, 0xe47f56165d71586b, 0x63a5ce98bf1dd41c},
    {1100, 300, 5, 0xdc74e36721b58946, 0x1528f887b581d824},
    {37, 41, 1537, 0x313e7b0d9af64eec, 0x963af55242a14b8f},
    {256, 256, 256, 0x6c8c31290d37708e, 0xcd937816cf65bc20},
    {300, 600, 130, 0x1e69013cfc74757c, 0x1fec4a713ca49f23},
};
enum { N_SIZES = sizeof sizes / sizeof sizes[0] };

typedef struct ManyProducts {
    const Size *size;
    const real *a, *b, *bias, *before; /* c holds `before` when a product begins */
    size_t size_c;
    real *c[MOST_THREADS];
    uint64_t fast[KINDS], tile[KINDS];
    bool offer; /* OpenMP offers threads to whoever asks, before each product */
} ManyProducts;

static Arena *arena;
static Error error;

static void start(void)
{
    arena = arena_create("test", &error);
    cr_assert(arena && gemm_start(&error), "%s", error.text);
    if (strcmp(gemm_core(), "Haswell") != 0)
        cr_skip_test("the bits are those of OPENBLAS_CORETYPE=Haswell, not of %s", gemm_core());
}

static void stop(void)
{
    arena_destroy(arena);
}

TestSuite(gemm_bits, .init = start, .fini = stop);

static real *noise(size_t n, uint64_t stream)
{
    real *x = arena_alloc(arena, n, sizeof *x, &error);
    cr_assert(x, "%s", error.text);
    for (size_t i = 0; i < n; i++)
        x[i] = (real)(2 * rng_uniform(rng_key(stream, RNG_TEST, 0), i) - 1);
    return x;
}

static void prepare(ManyProducts *products, const Size *size)
{
    const size_t M = (size_t)size->M, N = (size_t)size->N, K = (size_t)size->K;
    *products = (ManyProducts){.size = size, .size_c = M * (N + WIDER)};
    products->a = noise((M + WIDER) * (K + WIDER), 1);
    products->b = noise((K + WIDER) * (N + WIDER), 2);
    products->before = noise(products->size_c, 3);
    products->bias = noise(N, 4);
    for (int t = 0; t < MOST_THREADS; t++) products->c[t] = noise(products->size_c, 3);
}

static GemmShape shape_of(const ManyProducts *products, int kind)
{
    const Size *size = products->size;
    GemmShape shape = {.M = size->M, .N = size->N, .K = size->K};
    shape.transpose_a = kind & 1;
    shape.transpose_b = kind & 2;
    shape.add = kind / 4 % 3 == 1;
    if (kind / 4 % 3 == 2) shape.bias = products->bias;
    if (kind < KINDS / 2) return shape;
    shape.lda = (shape.transpose_a ? shape.M : shape.K) + WIDER;
    shape.ldb = (shape.transpose_b ? shape.K : shape.N) + WIDER;
    shape.ldc = shape.N + WIDER;
    return shape;
}

static uint64_t multiply(ManyProducts *products, Gemm *gemm, int kind, int thread)
{
    real *c = products->c[thread];
    memcpy(c, products->before, products->size_c * sizeof *c);
    if (products->offer) omp_set_num_threads(MOST_THREADS);
    gemm(c, products->a, products->b, shape_of(products, kind));
    return hash_u64(c, products->size_c * sizeof *c);
}

static void multiply_tiles(void *context, size_t begin, size_t end, int thread)
{
    ManyProducts *products = context;
    for (size_t kind = begin; kind < end; kind++)
        products->tile[kind] = multiply(products, gemm_tile, (int)kind, thread);
}

static void check(const ManyProducts *products, const char *how)
{
    const Size *size = products->size;
    uint64_t all[2] = {hash_u64(products->fast, sizeof products->fast),
                       hash_u64(products->tile, sizeof products->tile)};
    uint64_t bits = hash_u64(all, sizeof all);
    cr_expect_eq(bits, sizeof(real) == sizeof(float) ? size->bits_float : size->bits_double,
                 "%s: M %d, N %d, K %d: %#018llx", how, size->M, size->N, size->K,
                 (unsigned long long)bits);
}

/* gemm_tile is asked for in bodies on several threads, or all in the calling one. */
static void check_all(int n_threads, bool in_bodies, bool offer, const char *how)
{
    static ManyProducts products;
    parallel_set_threads(n_threads);
    for (int i = 0; i < N_SIZES; i++) {
        ArenaMark mark = arena_mark(arena);
        prepare(&products, &sizes[i]);
        products.offer = offer;
        for (int kind = 0; kind < KINDS; kind++)
            products.fast[kind] = multiply(&products, gemm_fast, kind, 0);
        parallel_for(KINDS, in_bodies ? 1 : KINDS, multiply_tiles, &products);
        check(&products, how);
        arena_reset(arena, mark);
    }
}

Test(gemm_bits, are_those_of_both_releases_on_one_thread)
{
    check_all(1, false, false, "one thread");
}

Test(gemm_bits, are_the_same_on_several_threads)
{
    check_all(2, false, false, "two threads");
    check_all(3, false, false, "three threads");
}

Test(gemm_bits, are_the_same_in_parallel_bodies)
{
    check_all(3, true, false, "in bodies");
}

/* As in a thread that is not the first, or after somebody else's omp_set_num_threads. */
Test(gemm_bits, are_the_same_whatever_openmp_offers)
{
    check_all(1, false, true, "offered, one thread");
    check_all(3, true, true, "offered, in bodies");
}
