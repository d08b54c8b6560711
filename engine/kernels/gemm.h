/* Matrix products.
 *
 *   c = a b,  c = a b + bias  or  c += a b
 *
 * Shapes  a [M,K], or its transpose stored [K,M]; b [K,N], or stored [N,K]; c [M,N]; bias [N]
 *
 * What their bits are is a matter of the precision: kernels/gemm_fp32.h, kernels/gemm_bf16.h. */
#ifndef KERNELS_GEMM_H
#define KERNELS_GEMM_H

#include <stdbool.h>
#include <stddef.h>
#include "base/error.h"
#include "base/real.h"

typedef struct GemmShape {
    int M, N, K;
    bool transpose_a, transpose_b;
    bool add;          /* c += a b */
    const real *bias;  /* [N], added to every row of c; NULL: none; not together with add */
    int lda, ldb, ldc; /* row strides of the stored matrices; 0: dense */
    /* `b` is what a GemmPack made of it: transpose_b and ldb say nothing. Of a tile only. */
    bool packed;
} GemmShape;

typedef void Gemm(real *c, const real *a, const real *b, GemmShape shape);

/* Makes of b what products of it read, for one that many tiles have in common: gemm_packed_values(N, K) values.
 * Shared out among the threads; inside a parallel body, in the calling thread. */
typedef void GemmPack(real *packed, const real *b, GemmShape shape);
GemmPack gemm_pack_plain;

enum { GEMM_BLOCK = 32 }; /* values of k that are packed, and in bf16 added, together */

static inline size_t gemm_packed_values(int N, int K)
{
    enum { COLUMNS_MOST = 32 };
    return ((size_t)N + COLUMNS_MOST - 1) / COLUMNS_MOST * COLUMNS_MOST *
           (((size_t)K + GEMM_BLOCK - 1) / GEMM_BLOCK * GEMM_BLOCK);
}

/* The products of a back end. Every kernel that multiplies is given them and makes none by name, so what a
 * back end multiplies with is a matter of these alone. */
typedef struct Products {
    Gemm *whole; /* shared out among the threads; not inside a parallel body */
    Gemm *tile;  /* in the calling thread, for small products inside a parallel body */
    GemmPack *pack;
    /* What they make of an operand, for definitions that multiply themselves. */
    real (*operand)(real x);
} Products;

/* With the strides that 0 stands for. */
GemmShape gemm_dense(GemmShape shape);

#endif
