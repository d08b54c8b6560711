#include "kernels/gemm_bf16.h"
#include "kernels/bf16.h"
#include "kernels/flush.h"
#include "kernels/gemm_memory.h"
#include "kernels/gemm_way.h"
#include "kernels/processor.h"
#include "kernels/vectors.h"

/* --- plain ------------------------------------------------------------------------------------- */

real gemm_bf16_operand(real x)
{
    return (real)bf16_round((float)x);
}

static float gemm_bf16_add_product(float sum, const real *a, const real *b, const GemmShape *shape,
                                   size_t m, size_t n, size_t k)
{
    const size_t lda = (size_t)shape->lda, ldb = (size_t)shape->ldb;
    if (k >= (size_t)shape->K) return sum + 0.0F;
    const real x = a[shape->transpose_a ? k * lda + m : m * lda + k];
    const real y = b[shape->transpose_b ? n * ldb + k : k * ldb + n];
    return __builtin_fmaf(bf16_round((float)x), bf16_round((float)y), sum);
}

static float gemm_bf16_sum(float sum, const real *a, const real *b, const GemmShape *shape,
                           size_t m, size_t n)
{
    for (size_t block = 0; block < (size_t)shape->K; block += GEMM_BLOCK) {
        float even = 0, odd = 0;
        for (size_t k = block; k < block + GEMM_BLOCK; k += 2) {
            even = gemm_bf16_add_product(even, a, b, shape, m, n, k);
            odd = gemm_bf16_add_product(odd, a, b, shape, m, n, k + 1);
        }
        sum = sum + (even + odd);
    }
    return sum;
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

const GemmWay gemm_bf16_ways[] = {
#ifdef __x86_64__
    {"amx", processor_has_amx, gemm_bf16_amx_whole, gemm_bf16_amx_tile, gemm_bf16_amx_pack},
    {"avx512_bf16", processor_has_avx512_bf16, gemm_bf16_avx512_bf16_whole,
     gemm_bf16_avx512_bf16_tile, gemm_bf16_avx512_bf16_pack},
    {"avx512", processor_has_avx512, gemm_bf16_avx512_whole, gemm_bf16_avx512_tile,
     gemm_bf16_avx512_pack},
#endif
    {VECTORS_NAME, processor_has_narrow, gemm_bf16_narrow_whole, gemm_bf16_narrow_tile,
     gemm_bf16_narrow_pack}};
const int gemm_bf16_n_ways = sizeof gemm_bf16_ways / sizeof *gemm_bf16_ways;

static const GemmWay *chosen;

bool gemm_bf16_start(Error *err)
{
    if (!gemm_memory_take(err)) return false;
    if (!chosen) chosen = gemm_way_quickest(gemm_bf16_ways, gemm_bf16_n_ways);
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

void gemm_bf16_pack(real *packed, const real *b, GemmShape shape)
{
    chosen->pack(packed, b, shape);
}

void gemm_bf16_fast(real *c, const real *a, const real *b, GemmShape shape)
{
    chosen->whole(c, a, b, shape);
}
