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
    for (size_t s = 0; s < n_slots; s++, a += PLACES, b += COLUMNS) {
        prefetch_b(&ahead, s);
        for (size_t r = 0; r < ROWS; r++)
            for (size_t v = 0; v < VECTORS; v++)
                sum[r][v] = slot_multiply(sum[r][v], a + r, b + v * WIDTH);
    }
    for (size_t r = 0; r < ROWS; r++)
        for (size_t v = 0; v < VECTORS; v++) vector_store(c + r * c_stride + v * WIDTH, sum[r][v]);
}

#endif
