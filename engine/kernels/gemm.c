#include "kernels/gemm.h"
#include <cblas.h>
#include "base/parallel.h"

static GemmShape gemm_dense(GemmShape shape)
{
    if (shape.lda == 0) shape.lda = shape.transpose_a ? shape.M : shape.K;
    if (shape.ldb == 0) shape.ldb = shape.transpose_b ? shape.K : shape.N;
    if (shape.ldc == 0) shape.ldc = shape.N;
    return shape;
}

void gemm_plain(real *c, const real *a, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    size_t lda = (size_t)shape.lda, ldb = (size_t)shape.ldb, ldc = (size_t)shape.ldc;
    for (size_t m = 0; m < (size_t)shape.M; m++)
        for (size_t n = 0; n < (size_t)shape.N; n++) {
            real sum = 0;
            for (size_t k = 0; k < (size_t)shape.K; k++)
                sum += a[shape.transpose_a ? k * lda + m : m * lda + k] *
                       b[shape.transpose_b ? n * ldb + k : k * ldb + n];
            c[m * ldc + n] = shape.add ? c[m * ldc + n] + sum : sum;
        }
}

void gemm_tile(real *c, const real *a, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    if (shape.M == 0 || shape.N == 0) return;
#ifdef REPRISE_DOUBLE
    cblas_dgemm(
#else
    cblas_sgemm(
#endif
        CblasRowMajor, shape.transpose_a ? CblasTrans : CblasNoTrans,
        shape.transpose_b ? CblasTrans : CblasNoTrans, shape.M, shape.N, shape.K, 1, a, shape.lda, b, shape.ldb,
        shape.add ? 1 : 0, c, shape.ldc);
}

/* --- tiles ----------------------------------------------------------------------------------- */

enum { GEMM_TILE_ROWS = 256, GEMM_TILE_COLUMNS = 512 };

typedef struct GemmJob {
    real *c;
    const real *a, *b;
    GemmShape shape;
    size_t columns; /* tiles side by side */
} GemmJob;

static int gemm_smaller(int a, int b)
{
    return a < b ? a : b;
}

static void gemm_one_tile(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const GemmJob *job = context;
    GemmShape tile = job->shape;
    size_t m = begin / job->columns * GEMM_TILE_ROWS, n = begin % job->columns * GEMM_TILE_COLUMNS;
    tile.M = gemm_smaller(GEMM_TILE_ROWS, job->shape.M - (int)m);
    tile.N = gemm_smaller(GEMM_TILE_COLUMNS, job->shape.N - (int)n);
    gemm_tile(job->c + m * (size_t)tile.ldc + n,
              job->a + (tile.transpose_a ? m : m * (size_t)tile.lda),
              job->b + (tile.transpose_b ? n * (size_t)tile.ldb : n), tile);
}

void gemm_fast(real *c, const real *a, const real *b, GemmShape shape)
{
    GemmJob job = {.c = c, .a = a, .b = b, .shape = gemm_dense(shape)};
    job.columns = ((size_t)shape.N + GEMM_TILE_COLUMNS - 1) / GEMM_TILE_COLUMNS;
    size_t rows = ((size_t)shape.M + GEMM_TILE_ROWS - 1) / GEMM_TILE_ROWS;
    parallel_for(rows * job.columns, 1, gemm_one_tile, &job);
}

/* --- the library ----------------------------------------------------------------------------- */

enum { BLAS_PARALLEL_OPENMP = 2 }; /* openblas_get_parallel: 0 sequential, 1 pthreads, 2 OpenMP */

bool gemm_start(Error *err)
{
    if (openblas_get_parallel() != BLAS_PARALLEL_OPENMP) {
        error_set(err, "OpenBLAS: '%s' is not an OpenMP build, so our threads cannot share it safely",
                  gemm_library());
        return error_hint(err, "install the OpenMP build (Debian: libopenblas-openmp-dev) and build again");
    }
    openblas_set_num_threads(1);
    return true;
}

const char *gemm_library(void)
{
    return openblas_get_config();
}

const char *gemm_core(void)
{
    return openblas_get_corename();
}
