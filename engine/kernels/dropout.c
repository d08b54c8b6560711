#include "kernels/dropout.h"
#include <math.h>

static uint32_t dropout_threshold(double rate)
{
    return (uint32_t)floor(rate * 65536 + 0.5);
}

static RngBlock dropout_block(RngKey key, size_t block)
{
    key.counter[0] = (uint32_t)block;
    key.counter[1] ^= (uint32_t)((uint64_t)block >> 32);
    return rng_philox(key.counter, key.key);
}

real dropout_factor(double rate, RngKey key, size_t i)
{
    uint32_t threshold = dropout_threshold(rate);
    if (threshold == 0) return 1;
    uint32_t word = dropout_block(key, i / 8).word[i % 8 / 2];
    uint32_t draw = i % 2 ? word >> 16 : word & 0xffff;
    return draw < threshold ? 0 : (real)(1 / (1 - threshold / 65536.0));
}

void dropout_forward_plain(real *y, const real *x, double rate, RngKey key, size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] = dropout_factor(rate, key, i) * x[i];
}

void dropout_backward_plain(real *dx, const real *dy, double rate, RngKey key, size_t n)
{
    for (size_t i = 0; i < n; i++) dx[i] += dropout_factor(rate, key, i) * dy[i];
}

void dropout_add_forward_plain(real *y, const real *x, const real *r, double rate, RngKey key, size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] = x[i] + dropout_factor(rate, key, i) * r[i];
}

void dropout_add_backward_plain(real *dx, real *dr, const real *dy, double rate, RngKey key, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        dx[i] += dy[i];
        dr[i] += dropout_factor(rate, key, i) * dy[i];
    }
}
