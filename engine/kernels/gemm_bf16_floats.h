/* Slots that are floats, one bfloat16 each, k upwards: even and odd values follow each other. */
#ifndef KERNELS_GEMM_BF16_FLOATS_H
#define KERNELS_GEMM_BF16_FLOATS_H

#include "kernels/gemm_bf16_vectors.h"
#include "kernels/gemm_micro.h"
#include "kernels/gemm_operand.h"

typedef float Slot, Sum;
enum { SLOTS_OF_BLOCK = 32, VALUES = 1 };

/* Of so many values of k: pairs. */
static inline size_t slots_of(size_t K)
{
    return (K + 1) / 2 * 2;
}

static inline void pack_across(Slot *to, const Panel *panel, const Operand *operand)
{
    const size_t K = operand->K, lanes = operand->lanes, width = panel->width;
    const real *x = operand->x;
    for (size_t k = 0; k < slots_of(K); k++, x += operand->k_stride, to += width)
        for (size_t i = 0; i < width; i += AT_ONCE)
            store_floats(to + i, load_first_rounded(x + i, k < K ? from_on(lanes, i) : 0));
}

#define slots_along load_first_rounded
#include "kernels/gemm_along.h"

#endif
