/* Packs panels of lanes whose values of k are neighbours in memory: squares of as many lanes and slots as
 * a vector holds floats change rows for columns. The source that includes it defines Slot, of 4 bytes; slots_of; and
 *
 *   VALUES         of k in a slot: 1 or 2
 *   slots_along    the next AT_ONCE slots of a lane, of at most n values */
#ifndef KERNELS_GEMM_ALONG_H
#define KERNELS_GEMM_ALONG_H

#include "kernels/gemm_micro.h"
#include "kernels/gemm_operand.h"
#include "kernels/vectors.h"

static inline void pack_along(Slot *to, const Panel *panel, const Operand *operand)
{
    const size_t width = panel->width, K = operand->K, n_slots = slots_of(K);
    for (size_t first = 0; first < width; first += AT_ONCE)
        for (size_t s = 0; s < n_slots; s += AT_ONCE) {
            Floats row[AT_ONCE];
            for (size_t i = 0; i < AT_ONCE; i++) {
                const real *lane = operand->x + (first + i) * operand->lane_stride;
                row[i] = first + i < operand->lanes && s * VALUES < K
                             ? slots_along(lane + s * VALUES, K - s * VALUES)
                             : (Floats){0};
            }
            transpose_floats(row);
            for (size_t i = 0; i < AT_ONCE && s + i < n_slots; i++)
                store_floats((float *)(to + (s + i) * width + first), row[i]);
        }
}

#endif
