#include "task/metric_correlation.h"

#include <math.h>
#include <stdlib.h>

/* Sums of squares and products about the means. */
typedef struct Moments {
    double xx, xy, yy;
} Moments;

static void add(Moments *moments, double x, double y)
{
    moments->xx += x * x;
    moments->xy += x * y;
    moments->yy += y * y;
}

/* xy / sqrt(xx yy). Without spread on either side there is no correlation to speak of. */
static double correlation(Moments moments, bool *degenerate)
{
    double product = moments.xx * moments.yy;
    *degenerate = product == 0;
    return *degenerate ? 0.0 : moments.xy / sqrt(product);
}

static bool is_constant(const double *value, int n)
{
    for (int i = 1; i < n; i++)
        if (value[i] != value[0]) return false;
    return true;
}

/* Pearson (1895). A constant is asked for by its values: rounding may leave its sum of squares a
 * little above 0. */
double metric_correlation_pearson(const double *truth, const double *predicted, int n,
                                  bool *degenerate)
{
    *degenerate = is_constant(truth, n) || is_constant(predicted, n);
    if (*degenerate) return 0.0;
    double x = 0, y = 0;
    for (int i = 0; i < n; i++) {
        x += truth[i] / n;
        y += predicted[i] / n;
    }
    Moments moments = {0};
    for (int i = 0; i < n; i++) add(&moments, truth[i] - x, predicted[i] - y);
    return correlation(moments, degenerate);
}

/* --- ranks --------------------------------------------------------------------------------------
 * Without memory of their own: the values are sorted a block at a time on the stack, and each value
 * is looked up in every block. Up to BLOCK values that is one sort. */

enum { BLOCK = 4096 };

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* How many of the sorted values are below x, or at most x. */
static int count_below(const double *sorted, int n, double x, bool or_equal)
{
    int low = 0;
    for (int high = n; low < high;) {
        int middle = low + (high - low) / 2;
        if (sorted[middle] < x || (or_equal && sorted[middle] == x)) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Ranks of value[begin..begin+count) among all n, less their mean (n + 1) / 2; equal values share
 * the average of their ranks. */
static void rank(double *ranks, const double *value, int begin, int count, int n)
{
    double sorted[BLOCK];
    for (int i = 0; i < count; i++) ranks[i] = 0.5 - (n + 1) / 2.0;
    for (int from = 0; from < n; from += BLOCK) {
        int size = n - from < BLOCK ? n - from : BLOCK;
        for (int i = 0; i < size; i++) sorted[i] = value[from + i];
        qsort(sorted, (size_t)size, sizeof *sorted, compare);
        for (int i = 0; i < count; i++) {
            double x = value[begin + i];
            ranks[i] +=
                (count_below(sorted, size, x, false) + count_below(sorted, size, x, true)) / 2.0;
        }
    }
}

/* Spearman (1904): Pearson's correlation of the ranks. */
double metric_correlation_spearman(const double *truth, const double *predicted, int n,
                                   bool *degenerate)
{
    double x[BLOCK], y[BLOCK];
    Moments moments = {0};
    for (int begin = 0; begin < n; begin += BLOCK) {
        int count = n - begin < BLOCK ? n - begin : BLOCK;
        rank(x, truth, begin, count, n);
        rank(y, predicted, begin, count, n);
        for (int i = 0; i < count; i++) add(&moments, x[i], y[i]);
    }
    return correlation(moments, degenerate);
}
