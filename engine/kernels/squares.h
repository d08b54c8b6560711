/* The sum of n squares in double, in lanes that are added in one fixed order. */
#ifndef KERNELS_SQUARES_H
#define KERNELS_SQUARES_H

#include <stddef.h>
#include <string.h>
#include "base/real.h"

enum { SQUARES_LANES = 4, SQUARES_SUMS = 4, SQUARES_STEP = SQUARES_LANES * SQUARES_SUMS };

typedef double SquaresWide __attribute__((vector_size(SQUARES_LANES * sizeof(double))));
typedef real SquaresReals __attribute__((vector_size(SQUARES_LANES * sizeof(real))));

static inline double squares_sum(const real *x, size_t n)
{
    SquaresWide lanes[SQUARES_SUMS] = {0};
    double sum = 0;
    size_t i = 0;
    for (; i + SQUARES_STEP <= n; i += SQUARES_STEP)
        for (size_t part = 0; part < SQUARES_SUMS; part++) {
            SquaresReals reals;
            memcpy(&reals, x + i + part * SQUARES_LANES, sizeof reals);
            SquaresWide wide = __builtin_convertvector(reals, SquaresWide);
            lanes[part] += wide * wide;
        }
    for (; i < n; i++) sum += (double)x[i] * (double)x[i];
    SquaresWide all = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
    return ((all[0] + all[1]) + (all[2] + all[3])) + sum;
}

#endif
