/* Means, spreads and intervals of small samples. */
#ifndef REPORT_STATISTICS_H
#define REPORT_STATISTICS_H

#include <stddef.h>

/* (1999 + 1) * 2.5 % = 50: the ends of a 95 % interval are draws themselves, nothing is interpolated. */
enum { STATISTICS_DRAWS = 1999 };

typedef struct StatisticsInterval {
    double low, high;
} StatisticsInterval;

double statistics_mean(const double *x, size_t n);      /* n == 0: 0 */
double statistics_deviation(const double *x, size_t n); /* of the sample, n - 1 below; n < 2: 0 */

/* The 95 % percentile interval of STATISTICS_DRAWS bootstrap draws, which are sorted in place. */
StatisticsInterval statistics_interval(double *draws);

/* The 97.5 % quantile of Student's t with `freedom` degrees of freedom, >= 1. */
double statistics_student(int freedom);

#endif
