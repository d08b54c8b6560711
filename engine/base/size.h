/* Sizes that cannot overflow unseen. */
#ifndef BASE_SIZE_H
#define BASE_SIZE_H

#include <stdbool.h>
#include <stddef.h>

/* *product = a * b; false (and *product = SIZE_MAX) on overflow. */
static inline bool size_mul(size_t *product, size_t a, size_t b)
{
    bool overflow = __builtin_mul_overflow(a, b, product);
    if (overflow) *product = (size_t)-1;
    return !overflow;
}

static inline bool size_add(size_t *sum, size_t a, size_t b)
{
    bool overflow = __builtin_add_overflow(a, b, sum);
    if (overflow) *sum = (size_t)-1;
    return !overflow;
}

#endif
