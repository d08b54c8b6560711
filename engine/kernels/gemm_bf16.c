#include "kernels/gemm_bf16.h"
#include <math.h>
#include <string.h>
#include "base/clock.h"
#include "kernels/bf16.h"
#include "kernels/flush.h"
#include "kernels/gemm_bf16_memory.h"
#include "kernels/gemm_bf16_ways.h"

/* --- plain ------------------------------------------------------------------------------------- */

real gemm_bf16_operand(real x)
{
    return (real)bf16_round((float)x);
}

static float gemm_bf16_sum(float sum, const real *a, const real *b, const GemmShape *shape,
                           size_t m, size_t n)
{
    const size_t K = (size_t)shape->K, lda = (size_t)shape->lda, ldb = (size_t)shape->ldb;
    for (size_t pair = 0; pair < K; pair += 2)
        for (size_t k = pair + 2; k-- > pair;) {
            const float x =
                k < K ? bf16_round((float)a[shape->transpose_a ? k * lda + m : m * lda + k]) : 0;
            const float y =
                k < K ? bf16_round((float)b[shape->transpose_b ? n * ldb + k : k * ldb + n]) : 0;
            sum = __builtin_fmaf(x, y, sum);
        }
    return sum != sum ? __builtin_nanf("") : sum;
}

__attribute__((noinline)) static void gemm_bf16_sums(real *c, const real *a, const real *b,
                                                     const GemmShape *shape)
{
    for (size_t m = 0; m < (size_t)shape->M; m++)
        for (size_t n = 0; n < (size_t)shape->N; n++) {
            real *at = c + m * (size_t)shape->ldc + n;
            const real begin = shape->add ? *at : shape->bias ? shape->bias[n] : 0;
            *at = (real)gemm_bf16_sum((float)begin, a, b, shape, m, n);
        }
}

void gemm_bf16_plain(real *c, const real *a, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    const unsigned before = flush_begin();
    gemm_bf16_sums(c, a, b, &shape);
    flush_end(before);
}

/* --- fast -------------------------------------------------------------------------------------- */

static bool has_avx512_bf16(void)
{
    return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512bw");
}

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
}

static bool has_avx2(void)
{
    return true; /* the build asks for it */
}

const GemmBf16Way gemm_bf16_ways[] = {
    {"avx512_bf16", has_avx512_bf16, gemm_bf16_avx512_bf16_whole, gemm_bf16_avx512_bf16_tile},
    {"avx512", has_avx512, gemm_bf16_avx512_whole, gemm_bf16_avx512_tile},
    {"avx2", has_avx2, gemm_bf16_avx2_whole, gemm_bf16_avx2_tile}};
const int gemm_bf16_n_ways = sizeof gemm_bf16_ways / sizeof *gemm_bf16_ways;

static const GemmBf16Way *chosen;

/* The best of some goes of a small product, all zeros. */
enum { TRIAL_SIZE = 128 };
static double gemm_bf16_trial(const GemmBf16Way *way)
{
    static real a[TRIAL_SIZE * TRIAL_SIZE], b[TRIAL_SIZE * TRIAL_SIZE], c[TRIAL_SIZE * TRIAL_SIZE];
    enum { GOES = 5 };
    double best = (double)INFINITY;
    for (int go = 0; go < GOES; go++) {
        const double begun = clock_seconds();
        way->tile(c, a, b, (GemmShape){.M = TRIAL_SIZE, .N = TRIAL_SIZE, .K = TRIAL_SIZE});
        best = fmin(best, clock_seconds() - begun);
    }
    return best;
}

/* Whichever is chosen, the bits are the same. */
static const GemmBf16Way *gemm_bf16_choose(void)
{
    const GemmBf16Way *best = NULL;
    double best_seconds = (double)INFINITY;
    for (int i = 0; i < gemm_bf16_n_ways; i++) {
        const GemmBf16Way *way = &gemm_bf16_ways[i];
        const double seconds = way->supported() ? gemm_bf16_trial(way) : (double)INFINITY;
        if (seconds < best_seconds) best = way, best_seconds = seconds;
    }
    return best;
}

bool gemm_bf16_start(Error *err)
{
    if (!gemm_bf16_memory_take(err)) return false;
    if (!chosen) chosen = gemm_bf16_choose();
    return true;
}

const char *gemm_bf16_chosen(void)
{
    return chosen->name;
}

void gemm_bf16_tile(real *c, const real *a, const real *b, GemmShape shape)
{
    chosen->tile(c, a, b, shape);
}

void gemm_bf16_fast(real *c, const real *a, const real *b, GemmShape shape)
{
    chosen->whole(c, a, b, shape);
}
