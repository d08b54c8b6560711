/* LANES reals side by side, on every processor: a vector of 256 bits, or two of 128.
 *
 * The compiler may not reorder a sum of floats, so it cannot vectorise one; a fast kernel keeps LANES
 * partial sums instead and adds them in the fixed order of lanes_sum, which is part of its result.
 * Elementwise loops need none of this: the compiler vectorises them as they stand. */
#ifndef KERNELS_LANES_H
#define KERNELS_LANES_H

#include <stddef.h>
#include <string.h>
#include "base/real.h"
#include "kernels/vectors.h"

enum { LANES = 32 / sizeof(real) };
typedef real Lanes __attribute__((vector_size(32)));

static inline Lanes lanes_load(const real *x)
{
    Lanes lanes;
    memcpy(&lanes, x, sizeof lanes);
    return lanes;
}

static inline void lanes_store(real *x, Lanes lanes)
{
    memcpy(x, &lanes, sizeof lanes);
}

static inline Lanes lanes_greater(Lanes a, Lanes b)
{
    enum { PARTS = sizeof(Lanes) / VECTOR_BYTES };
    Reals x[PARTS], y[PARTS];
    memcpy(x, &a, sizeof a);
    memcpy(y, &b, sizeof b);
    for (size_t i = 0; i < PARTS; i++) x[i] = greater_reals(x[i], y[i]);
    memcpy(&a, x, sizeof a);
    return a;
}

/* Halves onto each other until one is left. */
static inline real lanes_sum(Lanes lanes)
{
    for (int half = LANES / 2; half > 0; half /= 2)
        for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
    return lanes[0];
}

/* The sum of n values, of n products, and the largest of n >= 1 values. */
static inline real lanes_sum_of(const real *x, size_t n)
{
    Lanes sums = {0};
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) sums += lanes_load(x + i);
    real sum = lanes_sum(sums);
    for (; i < n; i++) sum += x[i];
    return sum;
}

static inline real lanes_dot_of(const real *x, const real *y, size_t n)
{
    Lanes sums = {0};
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) sums += lanes_load(x + i) * lanes_load(y + i);
    real sum = lanes_sum(sums);
    for (; i < n; i++) sum += x[i] * y[i];
    return sum;
}

static inline real lanes_largest_of(const real *x, size_t n)
{
    real largest = x[0];
    size_t i = 0;
    if (n >= LANES) {
        Lanes tops = lanes_load(x);
        for (i = LANES; i + LANES <= n; i += LANES) tops = lanes_greater(tops, lanes_load(x + i));
        for (int l = 0; l < LANES; l++) largest = tops[l] > largest ? tops[l] : largest;
    }
    for (; i < n; i++) largest = x[i] > largest ? x[i] : largest;
    return largest;
}

#endif
