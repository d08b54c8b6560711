#include "statistics/statistics.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/elementary.h"

double statistics_mean(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return n ? sum / (double)n : 0.0;
}

double statistics_deviation(const double *x, size_t n)
{
    if (n < 2) return 0.0;
    double mean = statistics_mean(x, n), sum = 0;
    for (size_t i = 0; i < n; i++) sum += (x[i] - mean) * (x[i] - mean);
    return sqrt(sum / (double)(n - 1));
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

StatisticsInterval statistics_interval(double *draws)
{
    enum { RANK = (STATISTICS_DRAWS + 1) / 40 }; /* 2.5 % */
    qsort(draws, STATISTICS_DRAWS, sizeof *draws, by_value);
    return (StatisticsInterval){draws[RANK - 1], draws[STATISTICS_DRAWS - RANK]};
}

double statistics_draws_p(const double *draws, double null)
{
    size_t above = 0, below = 0;
    for (size_t i = 0; i < STATISTICS_DRAWS; i++) {
        above += draws[i] >= null;
        below += draws[i] <= null;
    }
    double share = (double)((above < below ? above : below) + 1) / (STATISTICS_DRAWS + 1);
    return share < 0.5 ? 2 * share : 1.0;
}

/* A table for the few seeds that are usual, and Cornish and Fisher's expansion (1938) beyond. */
double statistics_student(int freedom)
{
    static const double few[] = {12.706, 4.303, 3.182, 2.776, 2.571,
                                 2.447,  2.365, 2.306, 2.262, 2.228};
    assert(freedom >= 1);
    if (freedom <= (int)(sizeof few / sizeof *few)) return few[freedom - 1];
    const double z = 1.959964, z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z, n = freedom;
    return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n) +
           (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
}

/* The nearest number of 64 bits, which are all that x86-64's long double has: where it has 113, by Veltkamp's way of
 * splitting (Dekker 1971). */
static long double in_64_bits(long double x)
{
#if LDBL_MANT_DIG == 113
    const long double split = x * (0x1p49L + 1);
    return split - (split - x);
#else
    return x;
#endif
}

/* The same bits on every machine, which a libm does not promise: halved until the series converges fast, in
 * long double, so that what is left to round is the last bit alone. x >= 0, or infinite. */
static double arc_tangent(double tangent)
{
    enum { HALVINGS = 3, TERMS = 14 };
    long double x = tangent < 1e300 ? tangent : 1e300, sum = 0;
    for (int i = 0; i < HALVINGS; i++) {
        const long double root = in_64_bits(sqrtl(in_64_bits(1 + in_64_bits(x * x))));
        x = in_64_bits(x / in_64_bits(1 + root));
    }
    for (int k = TERMS - 1; k >= 0; k--)
        sum = in_64_bits(in_64_bits(1.0L / (2 * k + 1)) - in_64_bits(in_64_bits(x * x) * sum));
    return (double)(in_64_bits(x * sum) * (1 << HALVINGS));
}

/* A(t | n) for whole n as a finite sum (Abramowitz and Stegun, 26.7.3 and 26.7.4). */
double statistics_student_p(double t, int freedom)
{
    assert(freedom >= 1);
    const double pi = 3.14159265358979323846;
    const double angle = arc_tangent(fabs(t) / sqrt(freedom));
    const double sine = elementary_sin64(angle), cosine = elementary_cos64(angle);
    bool odd = freedom % 2 == 1;
    double term = odd ? cosine : 1, sum = freedom == 1 ? 0 : term;
    for (int k = odd ? 3 : 2; k < freedom; k += 2) {
        term *= cosine * cosine * (k - 1) / k;
        sum += term;
    }
    double inside = odd ? 2 / pi * (angle + sine * sum) : sine * sum;
    return inside < 1 ? 1 - inside : 0.0;
}

/* How many p-values are smaller; of equal ones the first counts as such. */
static size_t rank_of(const double *p, size_t n, size_t i)
{
    size_t rank = 0;
    for (size_t k = 0; k < n; k++) rank += p[k] < p[i] || (p[k] == p[i] && k < i);
    return rank;
}

void statistics_holm(double *corrected, const double *p, size_t n)
{
    size_t family = 0;
    for (size_t i = 0; i < n; i++) family += !isnan(p[i]);
    for (size_t i = 0; i < n; i++) {
        corrected[i] = p[i];
        if (isnan(p[i])) continue;
        size_t rank = rank_of(p, n, i);
        /* no corrected value is below that of a smaller p */
        for (size_t k = 0; k < n; k++) {
            size_t other = rank_of(p, n, k);
            double value = p[k] * (double)(family - other);
            if (!isnan(p[k]) && other <= rank && value > corrected[i]) corrected[i] = value;
        }
        if (corrected[i] > 1) corrected[i] = 1;
    }
}

double statistics_kendall(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) sum += (x[k] > x[i]) - (x[k] < x[i]);
    return n < 2 ? 0.0 : sum / ((double)n * (double)(n - 1) / 2);
}

double statistics_median(double *x, size_t n)
{
    qsort(x, n, sizeof *x, by_value);
    return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}
