/* The micro-kernel of kernels/gemm_bf16.h: chains of a block in registers, slots of the even and of the odd one in
 * turn; their sums in c, which stays in the nearest cache. */
#ifndef KERNELS_GEMM_MICRO_CHAINS_H
#define KERNELS_GEMM_MICRO_CHAINS_H

#include <stdint.h>
#include "kernels/gemm_micro_vectors.h"

/* No number becomes the one NaN, and zero the positive one. */
static inline Vector settled(Vector sums)
{
    typedef int32_t Bits __attribute__((vector_size(sizeof(Vector))));
    const Bits none = sums != sums, quiet = (Bits){0} + 0x7FC00000;
    return (Vector)((none & quiet) | (~none & (Bits)(sums + (Vector){0})));
}

enum { CHAINS = 2 };

static inline void micro_kernel(Sum *c, size_t c_stride, const Sum *begin, size_t begin_stride,
                                const Slot *a, const Slot *b, size_t n_slots, Ahead ahead)
{
    prefetch_c(&ahead, c_stride);
    size_t s = 0;
    do {
        Vector chain[CHAINS][ROWS][VECTORS] = {0};
        const size_t end = s + SLOTS_OF_BLOCK < n_slots ? s + SLOTS_OF_BLOCK : n_slots;
        for (; s < end; s += CHAINS)
            for (size_t i = 0; i < CHAINS; i++, a += PLACES, b += COLUMNS) {
                prefetch_b(&ahead, s + i);
                for (size_t r = 0; r < ROWS; r++)
                    for (size_t v = 0; v < VECTORS; v++)
                        chain[i][r][v] = slot_multiply(chain[i][r][v], a + r, b + v * WIDTH);
            }
        for (size_t r = 0; r < ROWS; r++)
            for (size_t v = 0; v < VECTORS; v++) {
                const Vector before =
                    begin ? vector_load(begin + r * begin_stride + v * WIDTH) : (Vector){0};
                const Vector sum = before + (chain[0][r][v] + chain[1][r][v]);
                vector_store(c + r * c_stride + v * WIDTH, s < n_slots ? sum : settled(sum));
            }
        begin = c, begin_stride = c_stride;
    } while (s < n_slots);
}

#endif
