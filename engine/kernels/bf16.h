/* bfloat16: the upper half of a float (sign, 8 bits of exponent, 7 of fraction). */
#ifndef KERNELS_BF16_H
#define KERNELS_BF16_H

#include <stdint.h>
#include <string.h>

/* x as the nearest bfloat16, ties to even, as the bits of a float. Below 2^-126 it is zero, beyond the
 * largest infinity; a NaN stays one. Free of branches, so that loops of it become vector code. */
static inline uint32_t bf16_bits(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint32_t size = bits & 0x7FFFFFFF;
    uint32_t nearest = bits + 0x7FFF + (bits >> 16 & 1);
    nearest = size > 0x7F800000 ? 0xFFFFFFFF : nearest;
    nearest = size < 0x00800000 ? bits & 0x80000000 : nearest;
    return nearest & 0xFFFF0000;
}

static inline float bf16_round(float x)
{
    const uint32_t bits = bf16_bits(x);
    memcpy(&x, &bits, sizeof x);
    return x;
}

#endif
