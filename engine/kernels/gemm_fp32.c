#include "kernels/gemm_fp32.h"
#include <stddef.h>
#include <tgmath.h>
#include "kernels/flush.h"
#include "kernels/gemm_memory.h"
#include "kernels/processor.h"
#include "kernels/vectors.h"

/* --- plain ------------------------------------------------------------------------------------- */

real gemm_fp32_operand(real x)
{
    return x;
}

__attribute__((noinline)) static void gemm_sums(real *c, const real *a, const real *b,
                                                const GemmShape *shape)
{
    const size_t lda = (size_t)shape->lda, ldb = (size_t)shape->ldb, ldc = (size_t)shape->ldc;
    for (size_t m = 0; m < (size_t)shape->M; m++)
        for (size_t n = 0; n < (size_t)shape->N; n++) {
            real sum = shape->add ? c[m * ldc + n] : shape->bias ? shape->bias[n] : 0;
            for (size_t k = 0; k < (size_t)shape->K; k++)
                sum = fma(a[shape->transpose_a ? k * lda + m : m * lda + k],
                          b[shape->transpose_b ? n * ldb + k : k * ldb + n], sum);
            c[m * ldc + n] = sum;
        }
}

void gemm_fp32_plain(real *c, const real *a, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    const unsigned before = flush_begin();
    gemm_sums(c, a, b, &shape);
    flush_end(before);
}

/* --- fast -------------------------------------------------------------------------------------- */

const GemmWay gemm_fp32_ways[] = {
#ifdef __x86_64__
    {"avx512", processor_has_avx512, gemm_fp32_avx512_whole, gemm_fp32_avx512_tile,
     gemm_fp32_avx512_pack},
#endif
    {VECTORS_NAME, processor_has_narrow, gemm_fp32_narrow_whole, gemm_fp32_narrow_tile,
     gemm_fp32_narrow_pack}};
const int gemm_fp32_n_ways = sizeof gemm_fp32_ways / sizeof *gemm_fp32_ways;

static const GemmWay *chosen;

bool gemm_fp32_start(Error *err)
{
    if (!gemm_memory_take(err)) return false;
    if (!chosen) chosen = gemm_way_quickest(gemm_fp32_ways, gemm_fp32_n_ways);
    return true;
}

const char *gemm_fp32_chosen(void)
{
    return chosen->name;
}

void gemm_fp32_tile(real *c, const real *a, const real *b, GemmShape shape)
{
    chosen->tile(c, a, b, shape);
}

void gemm_fp32_pack(real *packed, const real *b, GemmShape shape)
{
    chosen->pack(packed, b, shape);
}

void gemm_fp32_fast(real *c, const real *a, const real *b, GemmShape shape)
{
    chosen->whole(c, a, b, shape);
}
