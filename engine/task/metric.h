/* Metrics of labelled tasks, found by name. Constant predictions, and no examples at all, are told
 * by `*degenerate` where they leave the metric without meaning (F1, Matthews); what is undefined
 * is 0. */
#ifndef TASK_METRIC_H
#define TASK_METRIC_H

#include <stdbool.h>

/* `label` and `predicted` hold n classes from 0. For F1 and Matthews class 1 is the positive
 * one. */
typedef double MetricFunction(const int *label, const int *predicted, int n, bool *degenerate);

typedef struct Metric {
    const char *name;  /* "accuracy" */
    const char *title; /* "Matthews correlation", for tables */
    MetricFunction *compute;
} Metric;

extern const Metric *const metrics[];        /* NULL-terminated */
const Metric *metric_find(const char *name); /* NULL: unknown */

MetricFunction metric_accuracy, metric_f1, metric_matthews;

#endif
