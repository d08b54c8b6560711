/* Metrics against values worked out by hand (scikit-learn gives the same). */
#include <criterion/criterion.h>
#include <math.h>

#include "task/metric.h"

TestSuite(metric);

/* Ten examples: 3 true positives, 1 false positive, 2 false negatives, 4 true negatives. */
static const int label[10] = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
static const int predicted[10] = {1, 1, 1, 0, 0, 1, 0, 0, 0, 0};
static const int ones[10] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static const int zeros[10] = {0};

static void expect(MetricFunction *metric, const int *guess, int n, double value, bool undefined)
{
    bool degenerate;
    double found = metric(label, guess, n, &degenerate);
    cr_expect_float_eq(found, value, 1e-15, "%.17g, expected %.17g", found, value);
    cr_expect_eq(degenerate, undefined);
}

Test(metric, accuracy_is_the_share_of_right_predictions)
{
    expect(metric_accuracy, predicted, 10, 0.7, false);
    expect(metric_accuracy, label, 10, 1.0, false);
}

Test(metric, accuracy_counts_any_number_of_classes)
{
    static const int truth[4] = {0, 1, 2, 3}, guess[4] = {0, 1, 2, 1};
    bool degenerate;
    cr_expect_eq(metric_accuracy(truth, guess, 4, &degenerate), 0.75);
}

Test(metric, f1_is_that_of_class_1)
{
    expect(metric_f1, predicted, 10, 2 * 3 / (2 * 3 + 1 + 2.0), false);
    expect(metric_f1, label, 10, 1.0, false);
}

Test(metric, f1_of_constant_predictions_is_called_degenerate)
{
    expect(metric_f1, zeros, 10, 0.0, true);
    expect(metric_f1, ones, 10, 2 * 5 / (2 * 5 + 5.0), true);
}

Test(metric, matthews_is_the_correlation_of_two_binary_variables)
{
    expect(metric_matthews, predicted, 10, (3 * 4 - 1 * 2) / sqrt(4.0 * 5 * 5 * 6), false);
    expect(metric_matthews, label, 10, 1.0, false);
}

Test(metric, matthews_of_opposite_predictions_is_minus_one)
{
    int opposite[10];
    for (int i = 0; i < 10; i++) opposite[i] = !label[i];
    expect(metric_matthews, opposite, 10, -1.0, false);
}

Test(metric, matthews_of_constant_predictions_is_0_and_degenerate)
{
    expect(metric_matthews, zeros, 10, 0.0, true);
    expect(metric_matthews, ones, 10, 0.0, true);
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
