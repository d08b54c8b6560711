#include "kernels/gemm.h"
#include <cblas.h>
#include <string.h>
#include "base/parallel.h"

GemmShape gemm_dense(GemmShape shape)
{
    if (shape.lda == 0) shape.lda = shape.transpose_a ? shape.M : shape.K;
    if (shape.ldb == 0) shape.ldb = shape.transpose_b ? shape.K : shape.N;
    if (shape.ldc == 0) shape.ldc = shape.N;
    return shape;
}

real gemm_operand(real x)
{
    return x;
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
            if (shape.bias) sum += shape.bias[n];
            c[m * ldc + n] = shape.add ? c[m * ldc + n] + sum : sum;
        }
}

/* The one way into the library. It asks OpenMP how many threads it may take (inside a parallel region
 * one, outside all that are offered, whatever openblas_set_num_threads said since 0.3.22), and with
 * several it sums in another order: so each call, in a body or not, finds that one is offered. */
static void gemm_call(real *c, const real *a, const real *b, const GemmShape *shape)
{
    const enum CBLAS_TRANSPOSE transpose_a = shape->transpose_a ? CblasTrans : CblasNoTrans;
    const enum CBLAS_TRANSPOSE transpose_b = shape->transpose_b ? CblasTrans : CblasNoTrans;
    const real begin = shape->add || shape->bias ? 1 : 0;
    parallel_keep_threads();
#ifdef REPRISE_DOUBLE
    cblas_dgemm(
#else
    cblas_sgemm(
#endif
        CblasRowMajor, transpose_a, transpose_b, shape->M, shape->N, shape->K, 1, a, shape->lda, b,
        shape->ldb, begin, c, shape->ldc);
}

/* The bias is where the sum begins: a row of c costs a copy, which the library would have spent on
 * clearing it. */
void gemm_tile(real *c, const real *a, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    if (shape.M == 0 || shape.N == 0) return;
    if (shape.bias)
        for (size_t m = 0; m < (size_t)shape.M; m++)
            memcpy(c + m * (size_t)shape.ldc, shape.bias, (size_t)shape.N * sizeof *c);
    gemm_call(c, a, b, &shape);
}

/* --- tiles ------------------------------------------------------------------------------------- */

/* Large tiles spend less on packing (512 x 512 reach 97 % of what one call does, 64 x 64 86 %), small
 * ones keep more threads busy. So a product is cut into one tile for each so many operations, a few at
 * least and not too many at most: the first size of the table that gives enough tiles, else the last. */
typedef struct GemmTile {
    int rows, columns;
} GemmTile;
static const GemmTile gemm_tiles[] = {{512, 512}, {256, 512}, {256, 256}, {128, 256},
                                      {128, 128}, {64, 128},  {64, 64}};
enum { GEMM_N_TILES = sizeof gemm_tiles / sizeof gemm_tiles[0] };
enum { GEMM_FEW = 8, GEMM_MANY = 64, GEMM_TILE_OPERATIONS = 250000000 };

typedef struct GemmJob {
    real *c;
    const real *a, *b;
    GemmShape shape;
    GemmTile tile;
} GemmJob;

static int gemm_pieces(int n, int piece)
{
    return (n + piece - 1) / piece;
}

static GemmTile gemm_plan(GemmShape shape)
{
    double enough = 2.0 * shape.M * shape.N * shape.K / GEMM_TILE_OPERATIONS;
    if (enough < GEMM_FEW) enough = GEMM_FEW;
    if (enough > GEMM_MANY) enough = GEMM_MANY;
    for (int i = 0; i < GEMM_N_TILES; i++) {
        const GemmTile tile = gemm_tiles[i];
        if ((double)gemm_pieces(shape.M, tile.rows) * gemm_pieces(shape.N, tile.columns) >= enough)
            return tile;
    }
    return gemm_tiles[GEMM_N_TILES - 1];
}

static void gemm_run_tile(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const GemmJob *job = context;
    GemmShape shape = job->shape;
    const int columns = gemm_pieces(shape.N, job->tile.columns);
    const int m = (int)(begin / (size_t)columns) * job->tile.rows,
              n = (int)(begin % (size_t)columns) * job->tile.columns;
    shape.M = shape.M - m < job->tile.rows ? shape.M - m : job->tile.rows;
    shape.N = shape.N - n < job->tile.columns ? shape.N - n : job->tile.columns;
    if (shape.bias) shape.bias += n;
    gemm_tile(job->c + (size_t)m * shape.ldc + n,
              job->a + (shape.transpose_a ? (size_t)m : (size_t)m * shape.lda),
              job->b + (shape.transpose_b ? (size_t)n * shape.ldb : (size_t)n), shape);
}

void gemm_fast(real *c, const real *a, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    GemmJob job = {.c = c, .a = a, .b = b, .shape = shape, .tile = gemm_plan(shape)};
    const size_t n_tiles =
        (size_t)gemm_pieces(shape.M, job.tile.rows) * gemm_pieces(shape.N, job.tile.columns);
    parallel_for(n_tiles, 1, gemm_run_tile, &job);
}

/* --- the library ----------------------------------------------------------------------------- */

enum { BLAS_PARALLEL_OPENMP = 2 }; /* openblas_get_parallel: 0 sequential, 1 pthreads, 2 OpenMP */

bool gemm_start(Error *err)
{
    if (openblas_get_parallel() != BLAS_PARALLEL_OPENMP) {
        error_set(err,
                  "OpenBLAS: '%s' is not an OpenMP build, so our threads cannot share it safely",
                  gemm_library());
        return error_hint(
            err, "install the OpenMP build (Debian: libopenblas-openmp-dev) and build again");
    }
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
