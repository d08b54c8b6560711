/* What packing, micro-kernels and the products around them (kernels/gemm_tile.h) have in common. The source that
 * includes it has defined ROWS. */
#ifndef KERNELS_GEMM_MICRO_H
#define KERNELS_GEMM_MICRO_H

#include <stdbool.h>
#include <stddef.h>
#include "base/real.h"

enum { PLACES = (ROWS + 7) / 8 * 8, LINE = 64 };

/* Lanes side by side in a panel, and places for them, a multiple of 8. */
typedef struct Panel {
    size_t lanes, width;
    bool of_a;
} Panel;

/* A part of c, and what its sums begin as. */
typedef struct Sums {
    real *c;
    const real *begin; /* NULL: as zeros */
    size_t c_stride, begin_stride;
    size_t rows, columns;
} Sums;

/* What is asked for of the memory while a micro-tile is summed: the c of the next one, and a share of the next
 * panel of b, which is far away until the first rows have passed by it. */
typedef struct Ahead {
    const void *c;
    const char *b;
} Ahead;

#endif
