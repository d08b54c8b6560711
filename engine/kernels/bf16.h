/* bfloat16: the upper half of a float (sign, 8 bits of exponent, 7 of fraction). */
#ifndef KERNELS_BF16_H
#define KERNELS_BF16_H

#include <stdint.h>
#include <string.h>

/* The bits of x as the nearest bfloat16, ties to even: 0..65535. Beyond the largest is infinity; a NaN stays
 * one, and is quiet. Free of branches, so that loops of it become vector code. */
static inline uint32_t bf16_bits(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint32_t nearest = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
    const uint32_t quiet = bits >> 16 | 0x40;
    return (bits & 0x7FFFFFFF) > 0x7F800000 ? quiet : nearest;
}

/* x as the nearest bfloat16, as a float. */
static inline float bf16_round(float x)
{
    const uint32_t bits = bf16_bits(x) << 16;
    memcpy(&x, &bits, sizeof x);
    return x;
}

#endif
