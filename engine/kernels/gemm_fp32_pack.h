/* How products of reals pack: a slot is a value as it is. */
#ifndef KERNELS_GEMM_FP32_PACK_H
#define KERNELS_GEMM_FP32_PACK_H

#include "kernels/gemm_micro.h"
#include "kernels/gemm_operand.h"
#include "kernels/vectors.h"

typedef real Sum, Slot;

/* Of so many values of k. */
static inline size_t slots_of(size_t K)
{
    return K;
}

#ifdef REPRISE_DOUBLE

static inline void pack_lanes(Slot *to, const Panel *panel, const Operand *operand)
{
    const size_t width = panel->width;
    for (size_t k = 0; k < operand->K; k++)
        for (size_t i = 0; i < width; i++)
            to[k * width + i] = i < operand->lanes
                                    ? operand->x[i * operand->lane_stride + k * operand->k_stride]
                                    : 0;
}
#define pack_across pack_lanes
#define pack_along  pack_lanes

#else

/* Neighbours in memory are lanes: a value of all of them after the other. */
static inline void pack_across(Slot *to, const Panel *panel, const Operand *operand)
{
    const size_t lanes = operand->lanes, width = panel->width;
    const real *x = operand->x;
    for (size_t k = 0; k < operand->K; k++, x += operand->k_stride, to += width)
        for (size_t i = 0; i < width; i += AT_ONCE)
            store_floats(to + i, load_first_floats(x + i, from_on(lanes, i)));
}

enum { VALUES = 1 };
#define slots_along load_first_floats
#include "kernels/gemm_along.h"

#endif

#endif
