/* The micro-kernel of kernels/gemm_bf16.h: the chains of a block, one after the other in registers; the slots of both
 * lie in turn. Sums stay in c, which the nearest cache holds. */
#ifndef KERNELS_GEMM_MICRO_CHAINS_H
#define KERNELS_GEMM_MICRO_CHAINS_H

#include <stddef.h>
#include "kernels/gemm_micro_vectors.h"

enum { CHAINS = 2 };

/* One of the chains over some slots. */
static inline void chain_multiply(Vector sum[ROWS][VECTORS], const Slot *a, const Slot *b,
                                  size_t n_slots)
{
    for (size_t r = 0; r < ROWS; r++)
        for (size_t v = 0; v < VECTORS; v++) sum[r][v] = (Vector){0};
    slots_multiply(sum, a, b, n_slots, CHAINS);
}

/* c += a block. One that is not whole has zeros behind it: adding them makes a negative zero positive. */
static inline void block_add(Sum *c, size_t c_stride, const Slot *a, const Slot *b, size_t n_slots)
{
    const Vector behind = {0};
    Vector even[ROWS][VECTORS], odd[ROWS][VECTORS];
    chain_multiply(even, a, b, n_slots);
    chain_multiply(odd, a + PLACES, b + COLUMNS, n_slots);
    for (size_t r = 0; r < ROWS; r++)
        for (size_t v = 0; v < VECTORS; v++) {
            Sum *at = c + r * c_stride + v * WIDTH;
            if (n_slots < SLOTS_OF_BLOCK) even[r][v] += behind, odd[r][v] += behind;
            vector_store(at, vector_load(at) + (even[r][v] + odd[r][v]));
        }
}

static inline void sums_begin(Sum *c, size_t c_stride, const Sum *begin, size_t begin_stride)
{
    for (size_t r = 0; r < ROWS; r++)
        for (size_t v = 0; v < VECTORS; v++)
            vector_store(c + r * c_stride + v * WIDTH,
                         begin ? vector_load(begin + r * begin_stride + v * WIDTH) : (Vector){0});
}

static inline void micro_kernel(Sum *c, size_t c_stride, const Sum *begin, size_t begin_stride,
                                const Slot *a, const Slot *b, size_t n_slots, Ahead ahead)
{
    enum { BLOCK_OF_A = SLOTS_OF_BLOCK * PLACES, BLOCK_OF_B = SLOTS_OF_BLOCK * COLUMNS };
    prefetch_c(&ahead, c_stride);
    if (begin != c) sums_begin(c, c_stride, begin, begin_stride);
    for (size_t s = 0; s < n_slots; s += SLOTS_OF_BLOCK, a += BLOCK_OF_A, b += BLOCK_OF_B) {
        for (size_t i = 0; i < SLOTS_OF_BLOCK; i += SLOTS_TO_A_LINE) prefetch_b(&ahead, s + i);
        if (n_slots - s >= SLOTS_OF_BLOCK) block_add(c, c_stride, a, b, SLOTS_OF_BLOCK);
        else block_add(c, c_stride, a, b, n_slots - s);
    }
}

#endif
