/* Numbers below 2^-126 as zero, operands and results, in what this thread computes between the two calls:
 * what the processor's products of bfloat16 do always, and its other arithmetic when it is told to.
 *
 * The compiler knows nothing of this state, so what is to be computed in it is a call of its own that is
 * not inlined. */
#ifndef KERNELS_FLUSH_H
#define KERNELS_FLUSH_H

#include <immintrin.h>

static inline unsigned flush_begin(void)
{
    const unsigned before = _mm_getcsr();
    _mm_setcsr(before | _MM_FLUSH_ZERO_ON | _MM_DENORMALS_ZERO_ON);
    return before;
}

static inline void flush_end(unsigned before)
{
    _mm_setcsr(before);
}

#endif
