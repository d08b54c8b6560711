/* Micro-tiles of vectors: ROWS x VECTORS of them, WIDTH sums each, UNROLL slots to a turn of the loop. The source that
 * includes it defines these, Vector, Slot, Sum and
 *
 *   slot_multiply  sum + a b: a the same for all lanes
 *   micro_kernel   the sums of a whole micro-tile */
#ifndef KERNELS_GEMM_MICRO_VECTORS_H
#define KERNELS_GEMM_MICRO_VECTORS_H

#include <stddef.h>
#include <string.h>
#include "kernels/flush.h"
#include "kernels/gemm_micro.h"

enum { COLUMNS = VECTORS * WIDTH };

static inline unsigned micro_begin(void)
{
    return flush_begin();
}

static inline void micro_end(unsigned before)
{
    flush_end(before);
}

static inline Vector vector_load(const Sum *x)
{
    Vector sums;
    memcpy(&sums, x, sizeof sums);
    return sums;
}

static inline void vector_store(Sum *x, Vector sums)
{
    memcpy(x, &sums, sizeof sums);
}

static inline void prefetch_c(const Ahead *ahead, size_t c_stride)
{
    for (size_t r = 0; r < ROWS; r++)
        for (size_t i = 0; i < COLUMNS; i += LINE / sizeof(Sum))
            __builtin_prefetch((const Sum *)ahead->c + r * c_stride + i, 1);
}

enum { SLOTS_TO_A_LINE = 4 }; /* of the next panel of b */

static inline void prefetch_b(const Ahead *ahead, size_t slot)
{
    __builtin_prefetch(ahead->b + slot / SLOTS_TO_A_LINE * LINE, 0, 2);
}

/* sum += a b over slots, one of every `step`. */
static inline void slots_multiply(Vector sum[ROWS][VECTORS], const Slot *a, const Slot *b,
                                  size_t n_slots, size_t step)
{
#pragma GCC unroll UNROLL
    for (size_t s = 0; s < n_slots; s += step)
        for (size_t r = 0; r < ROWS; r++)
            for (size_t v = 0; v < VECTORS; v++)
                sum[r][v] =
                    slot_multiply(sum[r][v], a + s * PLACES + r, b + s * COLUMNS + v * WIDTH);
}

static inline void micro_kernel(Sum *c, size_t c_stride, const Sum *begin, size_t begin_stride,
                                const Slot *a, const Slot *b, size_t n_slots, Ahead ahead);

/* What is smaller than a micro-tile, or not of reals, is summed beside c. */
static void micro_edge(const Sums *sums, const Slot *a, const Slot *b, size_t n_slots, Ahead ahead)
{
    Sum beside[ROWS * COLUMNS] = {0};
    for (size_t r = 0; sums->begin && r < sums->rows; r++)
        for (size_t i = 0; i < sums->columns; i++)
            beside[r * COLUMNS + i] = (Sum)sums->begin[r * sums->begin_stride + i];
    micro_kernel(beside, COLUMNS, beside, COLUMNS, a, b, n_slots, ahead);
    for (size_t r = 0; r < sums->rows; r++)
        for (size_t i = 0; i < sums->columns; i++)
            sums->c[r * sums->c_stride + i] = (real)beside[r * COLUMNS + i];
}

static inline void micro_tile(const Sums *sums, const Slot *a, const Slot *b, size_t n_slots,
                              Ahead ahead)
{
    if (sizeof(Sum) == sizeof(real) && sums->rows == ROWS && sums->columns == COLUMNS)
        micro_kernel((Sum *)sums->c, sums->c_stride, (const Sum *)sums->begin, sums->begin_stride,
                     a, b, n_slots, ahead);
    else micro_edge(sums, a, b, n_slots, ahead);
}

#endif
