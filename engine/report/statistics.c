#include "report/statistics.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

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

/* A table for the few seeds that are usual, and Cornish and Fisher's expansion (1938) beyond. */
double statistics_student(int freedom)
{
    static const double few[] = {12.706, 4.303, 3.182, 2.776, 2.571,
                                 2.447,  2.365, 2.306, 2.262, 2.228};
    assert(freedom >= 1);
    if (freedom <= (int)(sizeof few / sizeof *few)) return few[freedom - 1];
    const double z = 1.959964, n = freedom;
    return z + (pow(z, 3) + z) / (4 * n) + (5 * pow(z, 5) + 16 * pow(z, 3) + 3 * z) / (96 * n * n) +
           (3 * pow(z, 7) + 19 * pow(z, 5) + 17 * pow(z, 3) - 15 * z) / (384 * n * n * n);
}
