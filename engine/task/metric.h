/* Metrics of labelled tasks, found by name. Truth and predictions are numbers: classes or answers
 * from 0, or the targets of a regression.
 *
 * Constant predictions, and no examples at all, are told by `*degenerate` where they leave the
 * metric without meaning (all but accuracy); what is undefined is 0.
 *
 * The metrics of language models, perplexity and bits per byte, are made from losses, not from
 * predictions: measure/perplexity.h. */
#ifndef TASK_METRIC_H
#define TASK_METRIC_H

#include <stdbool.h>

#include "base/error.h"

/* For F1 and Matthews class 1 is the positive one. */
typedef double MetricFunction(const double *truth, const double *predicted, int n,
                              bool *degenerate);

typedef struct Metric {
    const char *name;  /* "accuracy" */
    const char *title; /* "Matthews correlation", for tables */
    MetricFunction *compute;
    bool of_numbers; /* of the targets of a regression, else of classes */
} Metric;

extern const Metric *const metrics[];        /* NULL-terminated */
const Metric *metric_find(const char *name); /* NULL: unknown */

/* The metric's value of n predictions; what is not a finite number, of the predictions or of the value, is
 * an error. */
bool metric_measure(double *value, bool *degenerate, const Metric *metric, const double *truth,
                    const double *predicted, int n, Error *err) MUST_USE;

MetricFunction metric_accuracy, metric_f1, metric_matthews;

#endif
