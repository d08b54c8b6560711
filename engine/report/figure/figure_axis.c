#include "report/figure/figure_axis.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/figure/figure.h"

enum { CHARACTER = 9, SPACE = 4, MARK_ROOM = 45, MOST_MARKS = 64 }; /* pixels; of labels */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

size_t figure_axis_sort(double *x, size_t n)
{
    size_t kept = 0;
    qsort(x, n, sizeof *x, compare);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || x[i] != x[kept - 1]) x[kept++] = x[i];
    return kept;
}

/* --- places ------------------------------------------------------------------------------------- */

/* The first value that has a logarithm; n: there is none. */
static size_t first_positive(const double *x, size_t n)
{
    size_t i = 0;
    while (i < n && x[i] <= 0) i++;
    return i;
}

/* Where 0 stands on a logarithmic axis: as far from the smallest other value as that from a third of it. */
static double place_of_zero(const double *x, size_t n)
{
    size_t i = first_positive(x, n);
    return i < n ? log10(x[i]) - log10(3.0) : 0;
}

static double place(const FigureAxis *axis, double x, double zero)
{
    if (!axis->log) return x;
    return x > 0 ? log10(x) : zero;
}

/* --- marks -------------------------------------------------------------------------------------- */

typedef struct Marks {
    size_t n;
    double x[MOST_MARKS];
} Marks;

size_t figure_axis_round(double *numbers, size_t most, double low, double high)
{
    static const double steps[] = {1, 2, 5};
    size_t n = 0;
    double decade = pow(10, floor(log10(low)));
    while (decade <= high) {
        for (size_t i = 0; i < 3; i++)
            if (n < most && steps[i] * decade >= low * 0.999 && steps[i] * decade <= high * 1.001)
                numbers[n++] = steps[i] * decade;
        decade *= 10;
    }
    return n;
}

/* 0, 20, 40, ...: as many as have room. */
static size_t add_even(double *numbers, double low, double high, int pixels)
{
    static const double steps[] = {1, 2, 5, 10};
    const double least = (high - low) * MARK_ROOM / pixels;
    const double decade = pow(10, floor(log10(least)));
    size_t i = 0, n = 0;
    while (i < 3 && steps[i] * decade < least) i++;
    const double step = steps[i] * decade;
    for (double k = ceil(low / step - 1e-9); k * step <= high * (1 + 1e-9) && n < MOST_MARKS; k++)
        numbers[n++] = k * step + 0.0; /* no negative zero */
    return n;
}

/* 0, where it is drawn, and round numbers. */
static size_t add_logarithmic(double *numbers, const double *x, size_t n)
{
    size_t i = first_positive(x, n), n_marks = i > 0;
    numbers[0] = 0;
    if (i == n) return n_marks;
    return n_marks + figure_axis_round(numbers + n_marks, MOST_MARKS - n_marks, x[i], x[n - 1]);
}

static int label(char text[32], double x)
{
    return snprintf(text, 32, x >= 1e5 ? "%.3g" : "%.6g", x);
}

/* The last mark is always labelled, then, going left, each that has room. */
static bool write_marks(Buffer *script, const FigureAxis *axis, const Marks *marks, double zero,
                        double pixels_a_unit, Error *err)
{
    double free_until = INFINITY; /* pixels */
    if (!buffer_add_text(script, "set xtics nomirror (", err)) return false;
    for (size_t i = marks->n; i-- > 0;) {
        char text[32];
        double at = place(axis, marks->x[i], zero);
        double half = label(text, marks->x[i]) * CHARACTER / 2.0;
        bool fits = at * pixels_a_unit + half <= free_until;
        if (fits) free_until = at * pixels_a_unit - half - SPACE;
        if (!buffer_format(script, err, "'%s' %.6g %d%s", fits ? text : "", at, !fits,
                           i ? ", " : ")\n"))
            return false;
    }
    return true;
}

/* What an axis reaches beyond its first and last value, as a share of what lies between. */
static const double beyond = 0.07;

static double span_of(const FigureAxis *axis, const double *x, size_t n, double zero)
{
    const double span = place(axis, x[n - 1], zero) - place(axis, x[0], zero);
    return span > 0 ? span : 1;
}

double figure_axis_share(const FigureAxis *axis, const double *sorted, size_t n, double x)
{
    const double zero = place_of_zero(sorted, n), span = span_of(axis, sorted, n, zero);
    return ((place(axis, x, zero) - place(axis, sorted[0], zero)) / span + beyond) /
           (1 + 2 * beyond);
}

bool figure_axis_write(Buffer *script, const FigureAxis *axis, const double *x, size_t n,
                       int pixels, Error *err)
{
    const double zero = place_of_zero(x, n), first = place(axis, x[0], zero);
    const double span = span_of(axis, x, n, zero);
    Marks marks = {0};
    if (axis->at_values && n <= MOST_MARKS)
        for (size_t i = 0; i < n; i++) marks.x[marks.n++] = x[i];
    else if (axis->log) marks.n = add_logarithmic(marks.x, x, n);
    else if (x[n - 1] > x[0]) marks.n = add_even(marks.x, x[0], x[n - 1], pixels);
    if (!buffer_format(script, err,
                       axis->log ? "place(x) = x > 0 ? log10(x) : %.6g\n" : "place(x) = x\n",
                       zero) ||
        !buffer_format(script, err, "set xrange [%.6g:%.6g]\n", first - beyond * span,
                       first + (1 + beyond) * span))
        return false;
    return marks.n == 0 ||
           write_marks(script, axis, &marks, zero, pixels / ((1 + 2 * beyond) * span), err);
}
