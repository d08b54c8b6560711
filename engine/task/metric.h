/* Metrics of labelled tasks, found by name. A metric that is undefined on constant predictions says so:
 * Matthews correlation and F1 are then 0, and `*degenerate` is set. */
#ifndef TASK_METRIC_H
#define TASK_METRIC_H

#include <stdbool.h>

/* `label` and `predicted` hold n classes from 0. For F1 and Matthews class 1 is the positive one. */
typedef double MetricFunction(const int *label, const int *predicted, int n, bool *degenerate);

typedef struct Metric {
    const char *name;  /* "accuracy" */
    const char *title; /* "accuracy (%)", for tables */
    MetricFunction *compute;
} Metric;

extern const Metric *const metrics[];        /* NULL-terminated */
const Metric *metric_find(const char *name); /* NULL: unknown */

MetricFunction metric_accuracy, metric_f1, metric_matthews;

#endif
