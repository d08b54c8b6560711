/* exp, log, tanh, erf, cos and friends as our own fixed polynomials: the same bits on every machine, because
 * no libm is asked (STYLE, section 6). Error bounds stand beside each and are tested.
 *
 * The `elementary_*f` forms are float, branch-free and inline so that loops over them vectorise; in
 * the double build `real` work uses the double forms. Write elementary_exp(x) for the build's real.
 *
 * Special values  exp: -inf -> 0, overflow -> inf, NaN -> NaN; log: 0 -> -inf, negative -> NaN;
 *                 tanh, erf: odd, +-inf -> +-1; sin, cos: NaN beyond their range
 * Subnormals      expf gives 0 where the result would be below 2^-126; all else is gradual
 * Fused           __builtin_fma is one correctly rounded instruction on every processor that runs us */
#ifndef BASE_ELEMENTARY_H
#define BASE_ELEMENTARY_H

#include <stdint.h>
#include <string.h>
#include "base/real.h"

static inline float elementary_expf(float x);  /* relative error below 1.0e-7 */
static inline float elementary_logf(float x);  /* below 1.0e-7 */
static inline float elementary_tanhf(float x); /* below 1.8e-7 */
static inline float elementary_erff(float x);  /* below 8.0e-8 */

double elementary_exp64(double x);  /* below 1 ulp: relative error 2.2e-16 */
double elementary_log64(double x);  /* below 1 ulp */
double elementary_tanh64(double x); /* below 3 ulp */
double elementary_erf64(double x);  /* relative error below 2.3e-16 */
double elementary_cos64(double x);  /* below 1 ulp for |x| <= 2^20; NaN beyond */
double elementary_sin64(double x);  /* the same */

/* The build's scalar type. */
static inline real elementary_exp(real x);
static inline real elementary_log(real x);
static inline real elementary_tanh(real x);
static inline real elementary_erf(real x);

/* --- inline parts ------------------------------------------------------------------------------ */

static inline int32_t elementary_bits(float x)
{
    int32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline float elementary_from_bits(int32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Cuts x = n*ln 2 + r with |r| <= ln 2 / 2, and gives n as a float and as an integer. Adding 1.5*2^23
 * rounds to an integer that stands in the low bits of the sum. */
static inline float elementary_reduce_ln2(float x, int32_t *n)
{
    const float shift = 0x1.8p23f;
    float shifted = __builtin_fmaf(x, 0x1.715476p+0f, shift);
    float rounded = shifted - shift;
    *n = (int32_t)((uint32_t)elementary_bits(shifted) - (uint32_t)elementary_bits(shift));
    float r = __builtin_fmaf(rounded, -0x1.62e430p-1f, x);
    return __builtin_fmaf(rounded, 0x1.05c610p-29f, r);
}

static inline float elementary_expf(float x)
{
    int32_t n;
    float r = elementary_reduce_ln2(x, &n);
    /* exp(r) = 1 + r + r^2 q(r): minimax, error 3.1e-9 */
    float q = 0x1.6a2354p-10f;
    q = __builtin_fmaf(q, r, 0x1.123a6ap-7f);
    q = __builtin_fmaf(q, r, 0x1.5558f4p-5f);
    q = __builtin_fmaf(q, r, 0x1.555490p-3f);
    q = __builtin_fmaf(q, r, 0x1.fffffcp-2f);
    float y = __builtin_fmaf(r * r, q, r) + 1.0f;
    y = elementary_from_bits((int32_t)((uint32_t)elementary_bits(y) + ((uint32_t)n << 23)));
    y = x > 0x1.62e42ep+6f ? __builtin_inff() : y; /* 88.72283 */
    y = x < -0x1.5d589ep+6f ? 0.0f : y;            /* -87.33654: the result would be below 2^-126 */
    return x == x ? y : x;
}

static inline float elementary_logf(float x)
{
    /* x = 2^e m with m in [sqrt(1/2), sqrt(2)), so that log m keeps its precision around 1 */
    float tiny = x < 0x1p-126f ? 1.0f : 0.0f;
    float scaled = x < 0x1p-126f ? x * 0x1p24f : x;
    uint32_t bits = (uint32_t)elementary_bits(scaled) - 0x3F3504F3u;
    int32_t exponent = (int32_t)bits >> 23;
    float m = elementary_from_bits((int32_t)((bits & 0x007FFFFFu) + 0x3F3504F3u));
    float e = (float)exponent - tiny * 24.0f;
    float f = m - 1.0f;
    /* log(1+f) = f - f^2/2 + f^3 p(f): minimax, error 7.3e-10 */
    float p = 0x1.1b4290p-4f;
    p = __builtin_fmaf(p, f, -0x1.e2e9aep-4f);
    p = __builtin_fmaf(p, f, 0x1.e650b8p-4f);
    p = __builtin_fmaf(p, f, -0x1.fb432ep-4f);
    p = __builtin_fmaf(p, f, 0x1.2332bep-3f);
    p = __builtin_fmaf(p, f, -0x1.5562e2p-3f);
    p = __builtin_fmaf(p, f, 0x1.99a546p-3f);
    p = __builtin_fmaf(p, f, -0x1.ffffeep-3f);
    p = __builtin_fmaf(p, f, 0x1.555546p-2f);
    float f2 = f * f;
    float small = __builtin_fmaf(f2 * f, p, -0.5f * f2);
    small = __builtin_fmaf(e, -0x1.05c610p-29f, small);
    float y = __builtin_fmaf(e, 0x1.62e430p-1f, f + small);
    y = x > 0x1.fffffep127f ? x : y;
    y = x == 0.0f ? -__builtin_inff() : y;
    y = x < 0.0f ? __builtin_nanf("") : y;
    return x == x ? y : x;
}

static inline float elementary_tanhf(float x)
{
    /* tanh a = t / (t + 2) with t = expm1(2a) = 2^n (expm1(r) + 1) - 1, exact for small a */
    float a = __builtin_fabsf(x);
    a = a > 9.1f ? 9.1f : a; /* tanh 9.1 rounds to 1 */
    int32_t n;
    float r = elementary_reduce_ln2(2.0f * a, &n);
    /* expm1(r) = r + r^2 q(r): minimax, error 1.3e-8 */
    float q = 0x1.6d99b2p-10f;
    q = __builtin_fmaf(q, r, 0x1.12287ep-7f);
    q = __builtin_fmaf(q, r, 0x1.555486p-5f);
    q = __builtin_fmaf(q, r, 0x1.5554aep-3f);
    q = __builtin_fmaf(q, r, 0.5f);
    float p = __builtin_fmaf(r * r, q, r);
    float s = elementary_from_bits((int32_t)((uint32_t)(n + 127) << 23));
    float y = __builtin_fmaf(s, p, s - 1.0f) / __builtin_fmaf(s, p, s + 1.0f);
    return __builtin_copysignf(y, x);
}

static inline float elementary_erff(float x)
{
    const float a = __builtin_fabsf(x), s = x * x;
    /* up to 1: erf x = x + x p(x^2), minimax, error 1.5e-9 */
    float p = 0x1.4795e8p-14f;
    p = __builtin_fmaf(p, s, -0x1.a35a66p-11f);
    p = __builtin_fmaf(p, s, 0x1.53f2d6p-8f);
    p = __builtin_fmaf(p, s, -0x1.b7f722p-6f);
    p = __builtin_fmaf(p, s, 0x1.ce2ce6p-4f);
    p = __builtin_fmaf(p, s, -0x1.81273ep-2f);
    p = __builtin_fmaf(p, s, 0x1.06eba8p-3f);
    const float small = __builtin_fmaf(p, x, x);
    /* beyond: erf a = 1 - exp(q(a)), minimax, error 1.3e-9 */
    const float t = a > 4.0f ? 4.0f : a; /* erf 4 rounds to 1 */
    float q = 0x1.86d57ap-13f;
    q = __builtin_fmaf(q, t, -0x1.8253aep-9f);
    q = __builtin_fmaf(q, t, 0x1.65c702p-6f);
    q = __builtin_fmaf(q, t, -0x1.a650acp-4f);
    q = __builtin_fmaf(q, t, -0x1.46bb50p-1f);
    q = __builtin_fmaf(q, t, -0x1.2088ccp+0f);
    q = __builtin_fmaf(q, t, -0x1.669598p-12f);
    const float large = __builtin_copysignf(1.0f - elementary_expf(q), x);
    return a < 1.0f ? small : large;
}

static inline real elementary_exp(real x)
{
#ifdef REPRISE_DOUBLE
    return elementary_exp64(x);
#else
    return elementary_expf(x);
#endif
}

static inline real elementary_log(real x)
{
#ifdef REPRISE_DOUBLE
    return elementary_log64(x);
#else
    return elementary_logf(x);
#endif
}

static inline real elementary_tanh(real x)
{
#ifdef REPRISE_DOUBLE
    return elementary_tanh64(x);
#else
    return elementary_tanhf(x);
#endif
}

static inline real elementary_erf(real x)
{
#ifdef REPRISE_DOUBLE
    return elementary_erf64(x);
#else
    return elementary_erff(x);
#endif
}

#endif
