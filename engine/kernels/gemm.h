/* Matrix products: the one door to OpenBLAS.
 *
 *   c = a b,  c = a b + bias  or  c += a b
 *
 * Shapes  a [M,K], or its transpose stored [K,M]; b [K,N], or stored [N,K]; c [M,N]; bias [N]
 *
 * The product is cut into tiles by a plan that depends on the shape alone; our threads share the tiles,
 * each tile is one sequential call. So the bits do not depend on the number of threads.
 *
 * Must not be called from inside a parallel body, except as gemm_tile. */
#ifndef KERNELS_GEMM_H
#define KERNELS_GEMM_H

#include <stdbool.h>
#include "base/error.h"
#include "base/real.h"

typedef struct GemmShape {
    int M, N, K;
    bool transpose_a, transpose_b;
    bool add;          /* c += a b */
    const real *bias;  /* [N], added to every row of c; NULL: none; not together with add */
    int lda, ldb, ldc; /* row strides of the stored matrices; 0: dense */
} GemmShape;

typedef void Gemm(real *c, const real *a, const real *b, GemmShape shape);
Gemm gemm_plain, gemm_fast;

/* One sequential call in the calling thread: for small products inside a parallel body. */
Gemm gemm_tile;

/* The products of a back end. Every kernel that multiplies is given them and makes none by name, so what a
 * back end multiplies with is a matter of these alone. */
typedef struct Products {
    Gemm *whole; /* shared out among the threads; not inside a parallel body */
    Gemm *tile;  /* in the calling thread, for small products inside a parallel body */
    /* What they make of an operand, for definitions that multiply themselves. */
    real (*operand)(real x);
} Products;

real gemm_operand(real x); /* x itself */

/* With the strides that 0 stands for. */
GemmShape gemm_dense(GemmShape shape);

/* Call once at start-up: refuses an OpenBLAS that is not safe to call from our threads. */
bool gemm_start(Error *err) MUST_USE;

/* The core that the command pins the library to (main.c): kernels for another round differently. */
#define GEMM_PINNED_CORE "Haswell"

/* "OpenBLAS 0.3.21 ... USE_OPENMP ...", as it was built, and "Haswell": for provenance. */
const char *gemm_library(void);
const char *gemm_core(void);

#endif
