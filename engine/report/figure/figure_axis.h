/* A horizontal axis of numbers: linear or logarithmic, with marks that never run into one another. */
#ifndef REPORT_FIGURE_AXIS_H
#define REPORT_FIGURE_AXIS_H

#include "base/buffer.h"

typedef struct FigureAxis {
    const char *title; /* written by whoever places the axis */
    bool log;          /* a 0 stands apart, left of the smallest other value */
    bool at_values;    /* marks at the values drawn; else at round numbers */
} FigureAxis;

/* What an axis spans. */
typedef struct FigureRange {
    double low, high;
} FigureRange;

/* Sorts the n values (n > 0, those of all series together) and leaves each once; how many are left. */
size_t figure_axis_sort(double *x, size_t n);

/* Writes the gnuplot commands of the axis over n sorted values, and a function place(x) that says where x
 * stands on it. `pixels` is how long the axis is. */
bool figure_axis_write(Buffer *script, const FigureAxis *axis, const double *x, size_t n,
                       int pixels, Error *err) MUST_USE;

/* Where x stands along that axis: 0 at its left end, 1 at its right. */
double figure_axis_share(const FigureAxis *axis, const double *sorted, size_t n, double x);

/* Numbers 1, 2, 5, 10, ... from low to high (both above 0); at most `most` of them. How many. */
size_t figure_axis_round(double *numbers, size_t most, double low, double high);

#endif
