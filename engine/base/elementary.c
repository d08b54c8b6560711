#include "base/elementary.h"

#include <math.h>

/* Coefficients are minimax (Remez), fitted for this project; the error of each in exact arithmetic
 * stands beside it and is well below half a unit in the last place. */

static const double LN2_HIGH = 0x1.62e42fefa39efp-1, LN2_LOW = 0x1.abc9e3b39803fp-56;
static const double LOG2_E = 0x1.71547652b82fep+0;
static const double HALF_PI_HIGH = 0x1.921fb54442d18p+0, HALF_PI_MIDDLE = 0x1.1a62633145c07p-54,
                    HALF_PI_LOW = -0x1.f1976b7ed8fbcp-110;
static const double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
static const double ROUND_SHIFT = 0x1.8p52; /* adding and subtracting it rounds to an integer */

static double polynomial(double x, const double *coefficients, int degree)
{
    double y = coefficients[degree];
    for (int i = degree - 1; i >= 0; i--) y = __builtin_fma(y, x, coefficients[i]);
    return y;
}

static double times_power_of_2(double x, int n)
{
    uint64_t bits = (uint64_t)(n + 1023) << 52;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return x * scale;
}

/* x = n*ln 2 + r + low with |r| <= ln 2 / 2; returns r. */
static double reduce_ln2(double x, int *n, double *low)
{
    double rounded = __builtin_fma(x, LOG2_E, ROUND_SHIFT) - ROUND_SHIFT;
    *n = (int)rounded;
    double head = __builtin_fma(-rounded, LN2_HIGH, x);
    double r = __builtin_fma(-rounded, LN2_LOW, head);
    *low = __builtin_fma(-rounded, LN2_LOW, head - r);
    return r;
}

/* expm1(r) / r^2 - 1/r for |r| <= ln 2 / 2: error 2.7e-19 of expm1(r) */
static double expm1_tail(double r)
{
    static const double q[] = {
        0x1.0000000000000p-1,  0x1.5555555555559p-3,  0x1.555555555555ap-5,  0x1.111111110f67dp-7,
        0x1.6c16c16c143fbp-10, 0x1.a01a01affb20ep-13, 0x1.a01a01b0d0eb9p-16, 0x1.71ddf8167c5a5p-19,
        0x1.27e4c56ac0b3fp-22, 0x1.af5f32d9897ebp-26, 0x1.1f95b55d438a9p-29,
    };
    return polynomial(r, q, 10);
}

double elementary_exp64(double x)
{
    if (x != x) return x;
    if (x > 709.782712893384) return INFINITY;
    if (x < -745.2) return 0.0;
    int n;
    double low, r = reduce_ln2(x, &n, &low);
    double y = 1.0 + (r + __builtin_fma(r * r, expm1_tail(r), low));
    /* Two factors, because 2^n alone may be too large, or subnormal and so rounded twice. */
    int first = n < 0 ? (n < -1000 ? n + 100 : n) : n - 1;
    return times_power_of_2(times_power_of_2(y, first), n - first);
}

double elementary_log64(double x)
{
    if (x != x || x > 0x1.fffffffffffffp1023) return x;
    if (x <= 0) return x == 0 ? -INFINITY : NAN;
    int tiny = x < 0x1p-1022;
    if (tiny) x *= 0x1p54;
    /* x = 2^n m with m in [sqrt(1/2), sqrt(2)) */
    const uint64_t root_half = 0x3FE6A09E667F3BCDu;
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits -= root_half;
    double n = (double)((int)((int64_t)bits >> 52) - (tiny ? 54 : 0));
    bits = (bits & 0x000FFFFFFFFFFFFFu) + root_half;
    double m;
    memcpy(&m, &bits, sizeof m);
    /* log(1+f) = 2 atanh(s), s = f/(2+f); written as f - (f^2/2 - s (f^2/2 + R(s^2))) so that the
     * leading term is exact. R: error 4.6e-18 */
    static const double r[] = {
        0x1.555555555557cp-1, 0x1.9999999984705p-2, 0x1.2492493fbcaffp-2, 0x1.c71c52b062725p-3,
        0x1.74664b04e68fcp-3, 0x1.399cd2ac50a51p-3, 0x1.2f5486e2023bbp-3,
    };
    double f = m - 1.0, s = f / (2.0 + f), z = s * s, half = 0.5 * f * f;
    double tail = __builtin_fma(s, __builtin_fma(z, polynomial(z, r, 6), half), n * LN2_LOW);
    return __builtin_fma(n, LN2_HIGH, f - (half - tail));
}

double elementary_tanh64(double x)
{
    /* as elementary_tanhf */
    if (x != x) return x;
    double a = fabs(x);
    if (a > 22.0) a = 22.0; /* tanh 22 rounds to 1 */
    int n;
    double low, r = reduce_ln2(2.0 * a, &n, &low);
    double p = r + __builtin_fma(r * r, expm1_tail(r), low);
    double s = times_power_of_2(1.0, n);
    return copysign(__builtin_fma(s, p, s - 1.0) / __builtin_fma(s, p, s + 1.0), x);
}

/* erf x / x - 1 for |x| <= 1: error 1.2e-17 */
static double erf_small(double x)
{
    static const double p[] = {
        0x1.06eba8214db69p-3,   -0x1.812746b0379e6p-2,  0x1.ce2f21a042b21p-4,
        -0x1.b82ce312849aap-6,  0x1.565bcd0db0470p-8,   -0x1.c02db3d8f094ep-11,
        0x1.f9a321a16a748p-14,  -0x1.f4d1df3d95ab5p-17, 0x1.b9def1c545565p-20,
        -0x1.5f1d379e421fdp-23, 0x1.f7a41752078c8p-27,  -0x1.386ac59d06878p-30,
        0x1.05799d9bcd6bcp-34,
    };
    return polynomial(x * x, p, 12);
}

/* log(1 - erf a) for 1 <= a <= 6: error 8.1e-18 of erf a. Around 2.5, where no coefficient is large. */
static double erf_tail(double a)
{
    static const double q[] = {
        -0x1.f3a2dc8691b93p+2,  -0x1.56925248da96dp+2,  -0x1.e3460a18c58b5p-1,
        -0x1.63cc1da70182bp-7,  0x1.1bd558f484a3cp-9,   -0x1.b9613990eba7fp-12,
        0x1.43172bc599d60p-14,  -0x1.ac03fa6f64224p-17, 0x1.dadea419d328ap-20,
        -0x1.4eca60b2b9337p-23, -0x1.b1bdf1a555dbcp-27, 0x1.74d36fdec948ep-27,
        -0x1.e68f45ca29e06p-29, 0x1.e329eb7308e35p-31,  -0x1.2dc1f2cb8427cp-33,
        0x1.3754b35e70a6ep-36,  -0x1.399dbdffcc48bp-37, -0x1.9a98063b76db2p-41,
        0x1.274f850f83c83p-40,
    };
    return polynomial(a - 2.5, q, 18);
}

double elementary_erf64(double x)
{
    /* as elementary_erff */
    if (x != x) return x;
    double a = fabs(x);
    if (a < 1.0) return __builtin_fma(erf_small(x), x, x);
    if (a > 6.0) a = 6.0; /* erf 6 rounds to 1 */
    return copysign(1.0 - elementary_exp64(erf_tail(a)), x);
}

/* x = n*pi/2 + r + low; returns r and the quadrant n mod 4. Beside a multiple of pi/2 almost everything
 * cancels, so pi/2 comes in three parts and each rounding error is kept. */
static double reduce_half_pi(double x, int *quadrant, double *low)
{
    double n = __builtin_fma(x, TWO_OVER_PI, ROUND_SHIFT) - ROUND_SHIFT;
    double head = __builtin_fma(-n, HALF_PI_HIGH, x); /* exact */
    double middle = n * HALF_PI_MIDDLE, middle_error = __builtin_fma(n, HALF_PI_MIDDLE, -middle);
    double r = head - middle, back = r - head;
    double r_error = (head - (r - back)) - (middle + back);
    *low = __builtin_fma(-n, HALF_PI_LOW, r_error - middle_error);
    *quadrant = (int)((int64_t)n & 3);
    return r;
}

/* sin(r + low): error 6.1e-18 */
static double sin_small(double r, double low)
{
    static const double s[] = {-0x1.555555555554cp-3,  0x1.111111110fb42p-7,
                               -0x1.a01a019c2eb6fp-13, 0x1.71de356d90742p-19,
                               -0x1.ae5e4acb7f225p-26, 0x1.5d86fd5c909f8p-33};
    double z = r * r;
    return r + __builtin_fma(z * r, polynomial(z, s, 5), low * (1.0 - 0.5 * z));
}

/* cos(r + low) = 1 - r^2/2 + r^4 c(r^2) - r low: error 1.5e-19 */
static double cos_small(double r, double low)
{
    static const double c[] = {0x1.5555555555553p-5,  -0x1.6c16c16c1612dp-10,
                               0x1.a01a019e23ef7p-16, -0x1.27e4f9031b282p-22,
                               0x1.1eea8897a72dfp-29, -0x1.8ff966c8c288bp-37};
    double z = r * r, half = 0.5 * z, head = 1.0 - half;
    /* (1 - head) - half is what rounding took from head, and is given back with the small terms. */
    return head + (((1.0 - head) - half) + __builtin_fma(z * z, polynomial(z, c, 5), -r * low));
}

static const double LARGEST_ANGLE = 0x1p20;

double elementary_sin64(double x)
{
    if (!(fabs(x) <= LARGEST_ANGLE)) return NAN;
    int quadrant;
    double low, r = reduce_half_pi(x, &quadrant, &low);
    double y = quadrant & 1 ? cos_small(r, low) : sin_small(r, low);
    return quadrant & 2 ? -y : y;
}

double elementary_cos64(double x)
{
    if (!(fabs(x) <= LARGEST_ANGLE)) return NAN;
    int quadrant;
    double low, r = reduce_half_pi(x, &quadrant, &low);
    double y = quadrant & 1 ? sin_small(r, low) : cos_small(r, low);
    return quadrant == 1 || quadrant == 2 ? -y : y;
}
