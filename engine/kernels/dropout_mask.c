#include "kernels/dropout_mask.h"
#include <math.h>
#include "kernels/processor.h"

static uint32_t dropout_mask_threshold(double rate)
{
    return (uint32_t)floor(rate * 65536 + 0.5);
}

real dropout_mask_scale(double rate)
{
    return (real)(1 / (1 - dropout_mask_threshold(rate) / 65536.0));
}

real dropout_mask_factor(double rate, RngKey key, size_t i)
{
    uint32_t word = rng_block(key, i / 8).word[i % 8 / 2];
    uint32_t draw = i % 2 ? word >> 16 : word & 0xffff;
    return draw < dropout_mask_threshold(rate) ? 0 : dropout_mask_scale(rate);
}

void dropout_mask(real *factor, double rate, RngKey key, size_t first, size_t n)
{
    const DropoutMaskSetting setting = {
        .key = key, .threshold = dropout_mask_threshold(rate), .scale = dropout_mask_scale(rate)};
#ifdef __x86_64__
    enum { FEW = 32 }; /* factors that half the width draws at once */
    if (n > FEW && processor_has_avx512()) {
        dropout_mask_avx512_run(factor, &setting, first, n);
        return;
    }
#endif
    dropout_mask_narrow_run(factor, &setting, first, n);
}
