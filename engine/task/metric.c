#include "task/metric.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "task/metric_correlation.h"

double metric_accuracy(const double *truth, const double *predicted, int n, bool *degenerate)
{
    int right = 0;
    for (int i = 0; i < n; i++) right += truth[i] == predicted[i];
    *degenerate = n == 0;
    return n == 0 ? 0.0 : (double)right / n;
}

typedef struct Confusion {
    double true_positive, false_positive, false_negative, true_negative;
} Confusion;

static Confusion confusion(const double *truth, const double *predicted, int n)
{
    Confusion c = {0};
    for (int i = 0; i < n; i++) {
        bool positive = truth[i] == 1, guess = predicted[i] == 1;
        c.true_positive += positive && guess;
        c.false_positive += !positive && guess;
        c.false_negative += positive && !guess;
        c.true_negative += !positive && !guess;
    }
    return c;
}

double metric_f1(const double *truth, const double *predicted, int n, bool *degenerate)
{
    Confusion c = confusion(truth, predicted, n);
    double denominator = 2 * c.true_positive + c.false_positive + c.false_negative;
    *degenerate =
        c.true_positive + c.false_positive == 0 || c.true_positive + c.false_positive == n;
    return denominator == 0 ? 0.0 : 2 * c.true_positive / denominator;
}

/* Matthews (1975): (TP TN - FP FN) / sqrt((TP+FP)(TP+FN)(TN+FP)(TN+FN)). */
double metric_matthews(const double *truth, const double *predicted, int n, bool *degenerate)
{
    Confusion c = confusion(truth, predicted, n);
    double product = (c.true_positive + c.false_positive) * (c.true_positive + c.false_negative) *
                     (c.true_negative + c.false_positive) * (c.true_negative + c.false_negative);
    *degenerate = product == 0;
    if (product == 0) return 0.0;
    return (c.true_positive * c.true_negative - c.false_positive * c.false_negative) /
           sqrt(product);
}

static const Metric accuracy = {"accuracy", "accuracy", metric_accuracy, false};
static const Metric f1 = {"f1", "F1", metric_f1, false};
static const Metric matthews = {"matthews", "Matthews correlation", metric_matthews, false};
static const Metric pearson = {"pearson", "Pearson correlation", metric_correlation_pearson, true};
static const Metric spearman = {"spearman", "Spearman correlation", metric_correlation_spearman,
                                true};

const Metric *const metrics[] = {&accuracy, &f1, &matthews, &pearson, &spearman, NULL};

const Metric *metric_find(const char *name)
{
    for (int i = 0; metrics[i]; i++)
        if (!strcmp(metrics[i]->name, name)) return metrics[i];
    return NULL;
}

bool metric_measure(double *value, bool *degenerate, const Metric *metric, const double *truth,
                    const double *predicted, int n, Error *err)
{
    for (int i = 0; i < n; i++)
        if (!isfinite(predicted[i]))
            return error_set(err, "prediction %d of %d, %g, is not a finite number", i + 1, n,
                             predicted[i]);
    *value = metric->compute(truth, predicted, n, degenerate);
    return isfinite(*value) ||
           error_set(err, "the metric '%s' of %d predictions, %g, is not a finite number",
                     metric->name, n, *value);
}
