#include "task/head_kind.h"

#include <assert.h>
#include <math.h>

#include "base/elementary.h"

static double within(double truth, HeadRange range)
{
    return fmin(fmax(truth, range.low), range.high);
}

/* --- classes and answers ------------------------------------------------------------------------ */

static real loss_of_label(real *dz, const real *z, int n, double truth, HeadRange range,
                          real weight, const Kernels *kernels)
{
    (void)range;
    int label = (int)truth;
    real loss;
    assert(label >= 0 && label < n);
    kernels->cross_entropy_rows(&loss, dz, z, &label, &weight, 1, n);
    return loss;
}

static double largest(const real *z, int n, HeadRange range)
{
    (void)range;
    int best = 0;
    for (int k = 1; k < n; k++)
        if (z[k] > z[best]) best = k;
    return best;
}

/* --- soft bins ------------------------------------------------------------------------------------ */

double head_kind_bins(HeadRange range)
{
    return ceil(range.high) - floor(range.low) + 1;
}

static real loss_of_bins(real *dz, const real *z, int n, double truth, HeadRange range, real weight,
                         const Kernels *kernels)
{
    real target[HEAD_KIND_MAX_BINS] = {0}, loss;
    assert(n <= HEAD_KIND_MAX_BINS);
    double position = within(truth, range) - floor(range.low), below = floor(position);
    int bin = (int)below;
    target[bin] = (real)(1 - (position - below));
    if (position > below) target[bin + 1] = (real)(position - below);
    kernels->cross_entropy_soft(&loss, dz, z, target, &weight, 1, n);
    return loss;
}

static double mean_bin(const real *z, int n, HeadRange range)
{
    double top = (double)z[(int)largest(z, n, range)], total = 0, sum = 0;
    for (int k = 0; k < n; k++) {
        double share = elementary_exp64((double)z[k] - top);
        total += share;
        sum += share * k;
    }
    return floor(range.low) + sum / total;
}

/* --- squared error -------------------------------------------------------------------------------- */

static real loss_of_number(real *dz, const real *z, int n, double truth, HeadRange range,
                           real weight, const Kernels *kernels)
{
    real loss, target = (real)((within(truth, range) - range.low) / (range.high - range.low));
    kernels->squared_error_rows(&loss, dz, z, &target, &weight, n);
    return loss;
}

static double number(const real *z, int n, HeadRange range)
{
    (void)n;
    return range.low + (double)z[0] * (range.high - range.low);
}

/* --- number words --------------------------------------------------------------------------------- */

static double spaced_number(const real *z, int n, HeadRange range)
{
    return range.low + (range.high - range.low) * largest(z, n, range) / (n - 1);
}

/* --- the table ------------------------------------------------------------------------------------ */

const HeadKind head_kind_classes = {"classes", false, false, loss_of_label, largest};
const HeadKind head_kind_choice = {"choice", true, false, loss_of_label, largest};
const HeadKind head_kind_soft_bins = {"soft bins", false, false, loss_of_bins, mean_bin};
const HeadKind head_kind_squared_error = {"squared error", false, false, loss_of_number, number};
const HeadKind head_kind_words = {"words", true, true, NULL, largest};
const HeadKind head_kind_number_words = {"number words", true, true, NULL, spaced_number};
