/* Means, spreads and intervals of small samples. */
#ifndef STATISTICS_STATISTICS_H
#define STATISTICS_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>

/* (1999 + 1) * 2.5 % = 50: the ends of a 95 % interval are draws themselves, nothing is interpolated. */
enum { STATISTICS_DRAWS = 1999 };

/* What a sample of n predictions is worth against the truth; *degenerate may be set, and is not looked at here. */
typedef double StatisticsScore(const double *truth, const double *predicted, int n,
                               bool *degenerate);

typedef struct StatisticsInterval {
    double low, high;
} StatisticsInterval;

double statistics_mean(const double *x, size_t n);      /* n == 0: 0 */
double statistics_deviation(const double *x, size_t n); /* of the sample, n - 1 below; n < 2: 0 */

/* The 95 % percentile interval of STATISTICS_DRAWS bootstrap draws, which are sorted in place. */
StatisticsInterval statistics_interval(double *draws);

/* The share of STATISTICS_DRAWS bootstrap draws on the rarer side of `null`, doubled: the two-sided p-value
 * of that value. At most 0.05 just where the 95 % percentile interval lies beside it. */
double statistics_draws_p(const double *draws, double null);

/* The 97.5 % quantile of Student's t with `freedom` degrees of freedom, >= 1. */
double statistics_student(int freedom);

/* The two-sided p-value of t. */
double statistics_student_p(double t, int freedom);

/* Holm's correction (1979) of n p-values for being many: no claim of the family is wrongly rejected with a
 * probability above the level. NaN is passed over and stays. */
void statistics_holm(double *corrected, const double *p, size_t n);

/* Kendall's tau of x with its order: 1 rises all the way, -1 falls, ties count for neither; n < 2: 0. */
double statistics_kendall(const double *x, size_t n);

double statistics_median(double *x, size_t n); /* n >= 1; x is sorted in place */

#endif
