/* One of a product's two operands, as it is packed. */
#ifndef KERNELS_GEMM_OPERAND_H
#define KERNELS_GEMM_OPERAND_H

#include <stddef.h>
#include "base/real.h"

/* Rows of a or columns of b, its lanes, of K values each. */
typedef struct Operand {
    const real *x;
    size_t lane_stride, k_stride; /* one of them is 1 */
    size_t lanes, K;
} Operand;

static inline size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many of n lie from i on. */
static inline size_t from_on(size_t n, size_t i)
{
    return i < n ? n - i : 0;
}

static inline Operand operand_part(const Operand *whole, size_t lane, size_t lanes, size_t k,
                                   size_t K)
{
    Operand part = *whole;
    part.x += lane * whole->lane_stride + k * whole->k_stride;
    part.lanes = smaller(whole->lanes - lane, lanes);
    part.K = smaller(whole->K - k, K);
    return part;
}

#endif
