/* Metrics against values worked out by hand (scikit-learn gives the same). */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "task/metric.h"
#include "task/metric_correlation.h"

TestSuite(metric);

/* Ten examples: 3 true positives, 1 false positive, 2 false negatives, 4 true negatives. */
static const double truth[10] = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
static const double predicted[10] = {1, 1, 1, 0, 0, 1, 0, 0, 0, 0};
static const double ones[10] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static const double zeros[10] = {0};

static void expect(MetricFunction *metric, const double *guess, int n, double value, bool undefined)
{
    bool degenerate;
    double found = metric(truth, guess, n, &degenerate);
    cr_expect_float_eq(found, value, 1e-15, "%.17g, expected %.17g", found, value);
    cr_expect_eq(degenerate, undefined);
}

Test(metric, accuracy_is_the_share_of_right_predictions)
{
    expect(metric_accuracy, predicted, 10, 0.7, false);
    expect(metric_accuracy, truth, 10, 1.0, false);
}

Test(metric, of_what_is_no_number_is_an_error)
{
    Error err = {0};
    double value;
    bool degenerate;
    const double spoilt[3] = {1, NAN, 0};
    const Metric *accuracy = metric_find("accuracy");
    cr_assert(metric_measure(&value, &degenerate, accuracy, truth, predicted, 10, &err));
    cr_expect_float_eq(value, 0.7, 1e-15);
    cr_expect_not(metric_measure(&value, &degenerate, accuracy, truth, spoilt, 3, &err));
    cr_expect(strstr(err.text, "prediction 2 of 3, "), "%s", err.text);
}

static double of_nothing(const double *all, const double *guess, int n, bool *degenerate)
{
    (void)all, (void)guess, (void)n, (void)degenerate;
    return INFINITY;
}

Test(metric, that_is_no_number_is_an_error)
{
    Error err = {0};
    double value;
    bool degenerate;
    const Metric metric = {.name = "of nothing", .compute = of_nothing};
    cr_expect_not(metric_measure(&value, &degenerate, &metric, truth, predicted, 10, &err));
    cr_expect(strstr(err.text, "the metric 'of nothing' of 10 predictions, inf"), "%s", err.text);
}

Test(metric, accuracy_counts_any_number_of_classes)
{
    static const double right[4] = {0, 1, 2, 3}, guess[4] = {0, 1, 2, 1};
    bool degenerate;
    cr_expect_eq(metric_accuracy(right, guess, 4, &degenerate), 0.75);
}

Test(metric, f1_is_that_of_class_1)
{
    expect(metric_f1, predicted, 10, 2 * 3 / (2 * 3 + 1 + 2.0), false);
    expect(metric_f1, truth, 10, 1.0, false);
}

Test(metric, f1_of_constant_predictions_is_called_degenerate)
{
    expect(metric_f1, zeros, 10, 0.0, true);
    expect(metric_f1, ones, 10, 2 * 5 / (2 * 5 + 5.0), true);
}

Test(metric, matthews_is_the_correlation_of_two_binary_variables)
{
    expect(metric_matthews, predicted, 10, (3 * 4 - 1 * 2) / sqrt(4.0 * 5 * 5 * 6), false);
    expect(metric_matthews, truth, 10, 1.0, false);
}

Test(metric, matthews_of_opposite_predictions_is_minus_one)
{
    double opposite[10];
    for (int i = 0; i < 10; i++) opposite[i] = 1 - truth[i];
    expect(metric_matthews, opposite, 10, -1.0, false);
}

Test(metric, matthews_of_constant_predictions_is_0_and_degenerate)
{
    expect(metric_matthews, zeros, 10, 0.0, true);
    expect(metric_matthews, ones, 10, 0.0, true);
}

/* Anscombe's first data set (1973): the correlation he gives is 0.816. */
static const double anscombe_x[11] = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
static const double anscombe_y[11] = {8.04, 6.95, 7.58,  8.81, 8.33, 9.96,
                                      7.24, 4.26, 10.84, 4.82, 5.68};

static double correlate(MetricFunction *metric, const double *x, const double *y, int n)
{
    bool degenerate;
    double found = metric(x, y, n, &degenerate);
    cr_expect_not(degenerate);
    return found;
}

Test(metric, pearson_is_the_correlation_of_the_values)
{
    cr_expect_float_eq(correlate(metric_correlation_pearson, anscombe_x, anscombe_y, 11),
                       0.81642051634484, 1e-14);
    static const double x[3] = {1, 2, 4}, y[3] = {3, 5, 9}, down[3] = {-1, -2, -4};
    cr_expect_float_eq(correlate(metric_correlation_pearson, x, y, 3), 1, 1e-15);
    cr_expect_float_eq(correlate(metric_correlation_pearson, x, down, 3), -1, 1e-15);
}

/* Hours of television against IQ, ten people: the textbook case, rho = -29/165. */
Test(metric, spearman_is_the_correlation_of_the_ranks)
{
    static const double iq[10] = {106, 86, 100, 101, 99, 103, 97, 113, 112, 110};
    static const double hours[10] = {7, 0, 27, 50, 28, 29, 20, 12, 6, 17};
    cr_expect_float_eq(correlate(metric_correlation_spearman, iq, hours, 10), -29.0 / 165, 1e-15);
    static const double x[4] = {1, 2, 3, 4}, cubes[4] = {-8, 1, 27, 1e6};
    cr_expect_float_eq(correlate(metric_correlation_spearman, x, cubes, 4), 1, 1e-15);
}

/* Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4. */
Test(metric, spearman_gives_equal_values_the_average_of_their_ranks)
{
    static const double x[4] = {0, 5, 5, 9}, y[4] = {1, 30, 20, 40};
    cr_expect_float_eq(correlate(metric_correlation_spearman, x, y, 4), 4.5 / sqrt(4.5 * 5), 1e-15);
}

/* More values than are sorted at once; x -> ranks by formula: the pairs are a permutation's. */
Test(metric, spearman_ranks_any_number_of_values)
{
    enum { LARGE = 10007 };
    static double x[LARGE], y[LARGE];
    double squares = 0;
    for (int i = 0; i < LARGE; i++) {
        x[i] = i * 5 % LARGE;
        y[i] = exp(i * 3 % LARGE * 1e-3);
        squares += pow(x[i] - i * 3 % LARGE, 2);
    }
    double expected = 1 - 6 * squares / (LARGE * ((double)LARGE * LARGE - 1));
    cr_expect_float_eq(correlate(metric_correlation_spearman, x, y, LARGE), expected, 1e-12);
}

Test(metric, correlations_with_a_constant_are_0_and_degenerate)
{
    static const double tenths[10] = {.1, .1, .1, .1, .1, .1, .1, .1, .1, .1};
    expect(metric_correlation_pearson, tenths, 10, 0.0, true);
    expect(metric_correlation_spearman, tenths, 10, 0.0, true);
    expect(metric_correlation_pearson, predicted, 1, 0.0, true);
}

Test(metric, without_examples_every_metric_is_0_and_degenerate)
{
    for (int i = 0; metrics[i]; i++) expect(metrics[i]->compute, predicted, 0, 0.0, true);
}

Test(metric, is_found_by_its_name)
{
    for (int i = 0; metrics[i]; i++) cr_expect_eq(metric_find(metrics[i]->name), metrics[i]);
    cr_expect_null(metric_find("perplexity"));
}
