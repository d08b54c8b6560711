/* How products of bfloat16 pack: every value rounded, in pairs of k. The source that includes it defines
 *
 *   Slot           a pair of bfloat16, or one of them as a float, the odd one of a pair first
 *   SLOTS          slots of a pair: 1 or 2
 *   slots_across   writes the slots of 8 lanes from their even and odd values: those of panel[0], and those
 *                  of panel[width] where a pair has two
 *   slots_along    8 slots of one lane, from its next values */
#ifndef KERNELS_GEMM_BF16_PACK_H
#define KERNELS_GEMM_BF16_PACK_H

#include <stdint.h>
#include "kernels/gemm_operand.h"
#include "kernels/gemm_bf16_vectors.h"

typedef float Sum;

/* Of so many values of k. */
static inline size_t slots_of(size_t K)
{
    return (K + 1) / 2 * SLOTS;
}

/* Neighbours in memory are lanes: a pair of all of them after the other. */
static inline void pack_across(Slot *panel, size_t width, const Operand *operand)
{
    const size_t K = operand->K, lanes = operand->lanes;
    for (size_t k = 0; k < K; k += 2, panel += SLOTS * width) {
        const real *even = operand->x + k * operand->k_stride, *odd = even + operand->k_stride;
        for (size_t i = 0; i < width; i += AT_ONCE) {
            const size_t n = i < lanes ? lanes - i : 0;
            slots_across(panel + i, width, load_first_rounded(even + i, n),
                         load_first_rounded(odd + i, k + 1 < K ? n : 0));
        }
    }
}

enum { VALUES = 2 / SLOTS };
#include "kernels/gemm_along.h"

/* A sum that is not a number becomes the one NaN. */
static inline Vector settled(Vector sums)
{
    typedef int32_t Bits __attribute__((vector_size(sizeof(Vector))));
    const Bits none = sums != sums, quiet = (Bits){0} + 0x7FC00000;
    return (Vector)((none & quiet) | (~none & (Bits)sums));
}

#endif
