#include "kernels/gemm.h"

GemmShape gemm_dense(GemmShape shape)
{
    if (shape.packed) shape.transpose_b = false, shape.ldb = shape.N;
    if (shape.lda == 0) shape.lda = shape.transpose_a ? shape.M : shape.K;
    if (shape.ldb == 0) shape.ldb = shape.transpose_b ? shape.K : shape.N;
    if (shape.ldc == 0) shape.ldc = shape.N;
    return shape;
}

/* Dense [K,N]. */
void gemm_pack_plain(real *packed, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    const size_t N = (size_t)shape.N, ldb = (size_t)shape.ldb;
    for (size_t k = 0; k < (size_t)shape.K; k++)
        for (size_t n = 0; n < N; n++)
            packed[k * N + n] = b[shape.transpose_b ? n * ldb + k : k * ldb + n];
}
