/* Correlations between truth and predictions, for the table of metrics: the contract stands in
 * task/metric.h. */
#ifndef TASK_METRIC_CORRELATION_H
#define TASK_METRIC_CORRELATION_H

#include <stdbool.h>

double metric_correlation_pearson(const double *truth, const double *predicted, int n,
                                  bool *degenerate);
double metric_correlation_spearman(const double *truth, const double *predicted, int n,
                                   bool *degenerate);

#endif
