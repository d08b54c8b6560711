/* The micro-kernel of sums that go on from slot to slot, in registers. */
#ifndef KERNELS_GEMM_MICRO_SUMS_H
#define KERNELS_GEMM_MICRO_SUMS_H

#include "kernels/gemm_micro_vectors.h"

static inline void micro_kernel(Sum *c, size_t c_stride, const Sum *begin, size_t begin_stride,
                                const Slot *a, const Slot *b, size_t n_slots, Ahead ahead)
{
    Vector sum[ROWS][VECTORS];
    for (size_t r = 0; r < ROWS; r++)
        for (size_t v = 0; v < VECTORS; v++)
            sum[r][v] = begin ? vector_load(begin + r * begin_stride + v * WIDTH) : (Vector){0};
    prefetch_c(&ahead, c_stride);
    size_t s = 0;
    for (; s + UNROLL <= n_slots; s += UNROLL) {
        if (s % SLOTS_TO_A_LINE == 0) prefetch_b(&ahead, s);
        slots_multiply(sum, a + s * PLACES, b + s * COLUMNS, UNROLL, 1);
    }
    for (; s < n_slots; s++) slots_multiply(sum, a + s * PLACES, b + s * COLUMNS, 1, 1);
    for (size_t r = 0; r < ROWS; r++)
        for (size_t v = 0; v < VECTORS; v++) vector_store(c + r * c_stride + v * WIDTH, sum[r][v]);
}

#endif
