#include "base/elementary.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* The C library's long double functions (64-bit significand) are the reference. Bounds are those that
 * elementary.h states. */

enum { STEPS = 200000 };

typedef struct Worst {
    double relative, at;
} Worst;

static void note(Worst *worst, double got, long double expected, double at)
{
    long double error = fabsl(((long double)got - expected) / expected);
    if (!(error <= (long double)worst->relative)) *worst = (Worst){(double)error, at};
}

#define SWEEP_FLOAT(function, reference, low, high, bound)                                         \
    do {                                                                                           \
        Worst worst = {0};                                                                         \
        for (int i = 0; i <= STEPS; i++) {                                                         \
            float x = (float)((low) + ((high) - (low)) * ((double)i / STEPS));                     \
            if (reference((long double)x) != 0)                                                    \
                note(&worst, (double)function(x), reference((long double)x), (double)x);           \
        }                                                                                          \
        cr_assert_leq(worst.relative, bound, "%g at %a", worst.relative, worst.at);                \
    } while (0)

#define SWEEP_DOUBLE(function, reference, low, high, bound)                                        \
    do {                                                                                           \
        Worst worst = {0};                                                                         \
        for (int i = 0; i <= STEPS; i++) {                                                         \
            double x = (low) + ((high) - (low)) * ((double)i / STEPS);                             \
            if (reference((long double)x) != 0)                                                    \
                note(&worst, function(x), reference((long double)x), x);                           \
        }                                                                                          \
        cr_assert_leq(worst.relative, bound, "%g at %a", worst.relative, worst.at);                \
    } while (0)

Test(elementary, expf_keeps_its_bound)
{
    SWEEP_FLOAT(elementary_expf, expl, -87.336, 88.722, 1.0e-7);
    SWEEP_FLOAT(elementary_expf, expl, -1.0, 1.0, 1.0e-7);
    SWEEP_FLOAT(elementary_expf, expl, -1e-4, 1e-4, 1.0e-7);
}

Test(elementary, logf_keeps_its_bound)
{
    SWEEP_FLOAT(elementary_logf, logl, 1e-38, 1e-30, 1.0e-7);
    SWEEP_FLOAT(elementary_logf, logl, 1e-6, 1.0, 1.0e-7);
    SWEEP_FLOAT(elementary_logf, logl, 0.7, 1.5, 1.0e-7);
    SWEEP_FLOAT(elementary_logf, logl, 0.9999, 1.0001, 1.0e-7);
    SWEEP_FLOAT(elementary_logf, logl, 1.0, 3e38, 1.0e-7);
}

Test(elementary, logf_takes_subnormal_numbers)
{
    SWEEP_FLOAT(elementary_logf, logl, 1.5e-45, 1.2e-38, 1.0e-7);
}

Test(elementary, tanhf_keeps_its_bound)
{
    SWEEP_FLOAT(elementary_tanhf, tanhl, -10.0, 10.0, 1.8e-7);
    SWEEP_FLOAT(elementary_tanhf, tanhl, -0.4, 0.4, 1.8e-7);
    SWEEP_FLOAT(elementary_tanhf, tanhl, -1e-5, 1e-5, 1.8e-7);
}

Test(elementary, erff_keeps_its_bound)
{
    SWEEP_FLOAT(elementary_erff, erfl, -4.5, 4.5, 8.0e-8);
    SWEEP_FLOAT(elementary_erff, erfl, 0.9, 1.1, 8.0e-8);
    SWEEP_FLOAT(elementary_erff, erfl, -1e-5, 1e-5, 8.0e-8);
    SWEEP_FLOAT(elementary_erff, erfl, 1.2e-38, 1e-30, 8.0e-8);
    SWEEP_FLOAT(elementary_erff, erfl, 4.5, 3.4e38, 8.0e-8);
}

Test(elementary, exp64_keeps_its_bound)
{
    SWEEP_DOUBLE(elementary_exp64, expl, -708.0, 709.7, 0x1p-52);
    SWEEP_DOUBLE(elementary_exp64, expl, -1.0, 1.0, 0x1p-52);
}

Test(elementary, log64_keeps_its_bound)
{
    SWEEP_DOUBLE(elementary_log64, logl, 1e-300, 1e-290, 0x1p-52);
    SWEEP_DOUBLE(elementary_log64, logl, 1e-6, 1.0, 0x1p-52);
    SWEEP_DOUBLE(elementary_log64, logl, 0.7, 1.5, 0x1p-52);
    SWEEP_DOUBLE(elementary_log64, logl, 0.99999, 1.00001, 0x1p-52);
    SWEEP_DOUBLE(elementary_log64, logl, 1.0, 1e308, 0x1p-52);
    SWEEP_DOUBLE(elementary_log64, logl, 5e-324, 1e-308, 0x1p-52);
}

Test(elementary, tanh64_keeps_its_bound)
{
    SWEEP_DOUBLE(elementary_tanh64, tanhl, -23.0, 23.0, 3 * 0x1p-53);
    SWEEP_DOUBLE(elementary_tanh64, tanhl, -1.0, 1.0, 3 * 0x1p-53);
}

Test(elementary, erf64_keeps_its_bound)
{
    SWEEP_DOUBLE(elementary_erf64, erfl, -6.5, 6.5, 2.3e-16);
    SWEEP_DOUBLE(elementary_erf64, erfl, 0.9, 1.1, 2.3e-16);
    SWEEP_DOUBLE(elementary_erf64, erfl, -1e-5, 1e-5, 2.3e-16);
    SWEEP_DOUBLE(elementary_erf64, erfl, 2.3e-308, 1e-300, 2.3e-16);
    SWEEP_DOUBLE(elementary_erf64, erfl, 6.5, 1e308, 2.3e-16);
}

Test(elementary, sin64_and_cos64_keep_their_bounds)
{
    SWEEP_DOUBLE(elementary_sin64, sinl, -7.0, 7.0, 0x1p-52);
    SWEEP_DOUBLE(elementary_cos64, cosl, -7.0, 7.0, 0x1p-52);
    SWEEP_DOUBLE(elementary_sin64, sinl, -1048576.0, 1048576.0, 0x1p-52);
    SWEEP_DOUBLE(elementary_cos64, cosl, -1048576.0, 1048576.0, 0x1p-52);
}

Test(elementary, sin64_keeps_its_precision_beside_multiples_of_pi)
{
    Worst worst = {0};
    for (int n = 1; n < 300000; n += 7) {
        double x = (double)(n * 3.14159265358979323846L);
        note(&worst, elementary_sin64(x), sinl((long double)x), x);
    }
    cr_assert_leq(worst.relative, 0x1p-52, "%g at %a", worst.relative, worst.at);
}

Test(elementary, exp_has_the_stated_special_values)
{
    cr_assert_eq(elementary_expf(-INFINITY), 0.0f);
    cr_assert_eq(elementary_expf(INFINITY), INFINITY);
    cr_assert_eq(elementary_expf(0.0f), 1.0f);
    cr_assert(isnan(elementary_expf(NAN)) && isnan(elementary_expf(-NAN)));
    cr_assert_eq(elementary_expf(88.72284f), INFINITY);
    cr_assert_lt(elementary_expf(88.72283f), INFINITY);
    cr_assert_eq(elementary_expf(-87.33655f), 0.0f);
    cr_assert_geq(elementary_expf(-87.33654f), 0x1p-126f);

    cr_assert_eq(elementary_exp64(-INFINITY), 0.0);
    cr_assert_eq(elementary_exp64(INFINITY), INFINITY);
    cr_assert_eq(elementary_exp64(0.0), 1.0);
    cr_assert(isnan(elementary_exp64(NAN)));
    cr_assert_eq(elementary_exp64(710.0), INFINITY);
    cr_assert_eq(elementary_exp64(-745.0), 0x1p-1074);
    cr_assert_eq(elementary_exp64(-746.0), 0.0);
}

Test(elementary, log_has_the_stated_special_values)
{
    cr_assert_eq(elementary_logf(0.0f), -INFINITY);
    cr_assert_eq(elementary_logf(1.0f), 0.0f);
    cr_assert_eq(elementary_logf(INFINITY), INFINITY);
    cr_assert(isnan(elementary_logf(-1.0f)) && isnan(elementary_logf(NAN)));
    cr_assert(isnan(elementary_logf(-INFINITY)));

    cr_assert_eq(elementary_log64(0.0), -INFINITY);
    cr_assert_eq(elementary_log64(1.0), 0.0);
    cr_assert_eq(elementary_log64(INFINITY), INFINITY);
    cr_assert(isnan(elementary_log64(-1.0)) && isnan(elementary_log64(NAN)));
}

Test(elementary, tanh_is_odd_and_stays_within_one)
{
    for (int i = 0; i <= STEPS; i++) {
        float x = (float)i * 1e-4f;
        float y = elementary_tanhf(x);
        cr_assert(y <= 1 && y == -elementary_tanhf(-x));
        cr_assert_leq(elementary_tanh64((double)x), 1);
    }
    cr_assert_eq(elementary_tanhf(INFINITY), 1.0f);
    cr_assert_eq(elementary_tanhf(-INFINITY), -1.0f);
    cr_assert(isnan(elementary_tanhf(NAN)) && isnan(elementary_tanh64(NAN)));
    cr_assert(signbit(elementary_tanhf(-0.0f)) && elementary_tanhf(-0.0f) == 0);
    cr_assert_eq(elementary_tanh64(-INFINITY), -1.0);
}

/* By mpmath, erf(x) in 300 bits. */
Test(elementary, erf_has_the_known_values)
{
    static const struct {
        double x, y;
    } known[] = {
        {0x1.0000000000000p-20, 1.0761062308265404596e-6},
        {0.125, 0.14031620480133381739},
        {0.5, 0.52049987781304653768},
        {0.9375, 0.81510240103439980418},
        {1.0, 0.84270079294971486934},
        {1.0625, 0.86705826943495275538},
        {1.5, 0.96610514647531072707},
        {2.0, 0.99532226501895273416},
        {3.0, 0.99997790950300141456},
        {3.75, 0.9999998862727434302},
        {4.0, 0.99999998458274209972},
        {5.0, 0.99999999999846254021},
        {5.875, 0.99999999999999990308},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const double x = known[i].x, y = known[i].y;
        cr_expect_leq(fabs(elementary_erf64(x) - y), 2.3e-16 * y, "erf(%g)", x);
        cr_expect_leq(fabs((double)elementary_erff((float)x) - y), 8.0e-8 * y, "erf(%g)", x);
    }
}

Test(elementary, erf_is_odd_and_stays_within_one)
{
    for (int i = 0; i <= STEPS; i++) {
        float x = (float)i * 4e-5f;
        float y = elementary_erff(x);
        cr_assert(y <= 1 && y == -elementary_erff(-x));
        double wide = elementary_erf64((double)x);
        cr_assert(wide <= 1 && wide == -elementary_erf64(-(double)x));
    }
    cr_assert_eq(elementary_erff(INFINITY), 1.0f);
    cr_assert_eq(elementary_erff(-INFINITY), -1.0f);
    cr_assert_eq(elementary_erf64(INFINITY), 1.0);
    cr_assert_eq(elementary_erf64(-INFINITY), -1.0);
    cr_assert(isnan(elementary_erff(NAN)) && isnan(elementary_erff(-NAN)));
    cr_assert(isnan(elementary_erf64(NAN)) && isnan(elementary_erf64(-NAN)));
}

Test(elementary, erf_keeps_the_sign_of_zero_and_takes_subnormal_numbers)
{
    cr_assert(signbit(elementary_erff(-0.0f)) && elementary_erff(-0.0f) == 0);
    cr_assert(!signbit(elementary_erff(0.0f)) && elementary_erff(0.0f) == 0);
    cr_assert(signbit(elementary_erf64(-0.0)) && elementary_erf64(-0.0) == 0);
    cr_assert(!signbit(elementary_erf64(0.0)) && elementary_erf64(0.0) == 0);
    /* times 2 / sqrt(pi) = 1.128..., to the nearest: of 1, 10 and 1000 of the smallest number */
    const int n[] = {1, 10, 1000, -1000}, times[] = {1, 11, 1128, -1128};
    for (int i = 0; i < 4; i++) {
        cr_assert_eq(elementary_erff((float)n[i] * 0x1p-149f), (float)times[i] * 0x1p-149f);
        cr_assert_eq(elementary_erf64(n[i] * 0x1p-1074), times[i] * 0x1p-1074);
    }
}

Test(elementary, angles_beyond_the_range_are_no_numbers)
{
    cr_assert(isnan(elementary_sin64(0x1.1p20)) && isnan(elementary_cos64(-0x1.1p20)));
    cr_assert(isnan(elementary_sin64(INFINITY)) && isnan(elementary_cos64(NAN)));
}

Test(elementary, the_bits_are_these_on_every_machine)
{
    cr_assert_eq(elementary_expf(0.7f), 0x1.01c2a6p+1f);
    cr_assert_eq(elementary_logf(0.7f), -0x1.6d3c34p-2f);
    cr_assert_eq(elementary_tanhf(0.7f), 0x1.356fbp-1f);
    cr_assert_eq(elementary_exp64(0.7), 0x1.01c2a61268987p+1);
    cr_assert_eq(elementary_log64(0.7), -0x1.6d3c324e13f5p-2);
    cr_assert_eq(elementary_tanh64(0.7), 0x1.356fb17af2e9p-1);
    cr_assert_eq(elementary_erff(0.7f), 0x1.5b08c2p-1f);
    cr_assert_eq(elementary_erff(1.7f), 0x1.f7b362p-1f);
    cr_assert_eq(elementary_erf64(0.7), 0x1.5b08c21171646p-1);
    cr_assert_eq(elementary_erf64(1.7), 0x1.f7b3620b8747bp-1);
    cr_assert_eq(elementary_sin64(0.7), 0x1.49d6e694619b8p-1);
    cr_assert_eq(elementary_cos64(0.7), 0x1.87996529f9d93p-1);
}

/* Loops over the inline forms become vector code; it has to give the bits of one call at a time. */
Test(elementary, a_loop_gives_the_same_bits_as_single_calls)
{
    enum { N = 1027 };
    static float x[N], exp_loop[N], log_loop[N], tanh_loop[N], erf_loop[N];
    for (int i = 0; i < N; i++) x[i] = (float)(i - 300) * 0.37f;
    for (int i = 0; i < N; i++) exp_loop[i] = elementary_expf(x[i]);
    for (int i = 0; i < N; i++) log_loop[i] = elementary_logf(x[i]);
    for (int i = 0; i < N; i++) tanh_loop[i] = elementary_tanhf(x[i]);
    for (int i = 0; i < N; i++) erf_loop[i] = elementary_erff(x[i]);
    for (int i = 0; i < N; i++) {
        volatile float one = x[i];
        float e = elementary_expf(one), l = elementary_logf(one), t = elementary_tanhf(one);
        float f = elementary_erff(one);
        cr_assert_eq(memcmp(&e, &exp_loop[i], sizeof e), 0);
        cr_assert(isnan(l) ? isnan(log_loop[i]) : l == log_loop[i]);
        cr_assert_eq(memcmp(&t, &tanh_loop[i], sizeof t), 0);
        cr_assert_eq(memcmp(&f, &erf_loop[i], sizeof f), 0);
    }
}

Test(elementary, the_plain_names_follow_the_build)
{
    real x = (real)0.3;
#ifdef REPRISE_DOUBLE
    cr_assert_eq(elementary_exp(x), elementary_exp64(x));
    cr_assert_eq(elementary_log(x), elementary_log64(x));
    cr_assert_eq(elementary_tanh(x), elementary_tanh64(x));
    cr_assert_eq(elementary_erf(x), elementary_erf64(x));
#else
    cr_assert_eq(elementary_exp(x), elementary_expf(x));
    cr_assert_eq(elementary_log(x), elementary_logf(x));
    cr_assert_eq(elementary_tanh(x), elementary_tanhf(x));
    cr_assert_eq(elementary_erf(x), elementary_erff(x));
#endif
}
