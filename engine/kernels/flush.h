/* Numbers below 2^-126 as zero, operands and results, in what this thread computes between the two calls:
 * what the processor's products of bfloat16 do always, and its other arithmetic when it is told to.
 *
 * A result that only its rounding brings up to 2^-126 is one where x86-64 tells (it looks behind the rounding), and
 * zero on aarch64 (before it): one value in 2^25 of those that are as small, and the one place where the two differ.
 *
 * The compiler knows nothing of this state, so what is to be computed in it is a call of its own that is
 * not inlined. */
#ifndef KERNELS_FLUSH_H
#define KERNELS_FLUSH_H

#ifdef __x86_64__

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

#else

#include <stdint.h>

static inline void flush_end(unsigned before)
{
    __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)before));
}

static inline unsigned flush_begin(void)
{
    enum { FLUSH_TO_ZERO = 1 << 24 };
    uint64_t before;
    __asm__ volatile("mrs %0, fpcr" : "=r"(before));
    flush_end((unsigned)before | FLUSH_TO_ZERO);
    return (unsigned)before;
}

#endif

#endif
