#include "analysis/chance.h"

#include <string.h>

double chance_score(const DatasetInfo *info, const Metric *metric, const double *truth, int n)
{
    if (info->form == DATASET_MINIMAL_PAIRS) return 0.5;
    if (!strcmp(metric->name, "accuracy"))
        return info->form == DATASET_LAST_WORD || info->n_labels < 1 ? 0.0 : 1.0 / info->n_labels;
    if (strcmp(metric->name, "f1") != 0) return 0.0;
    double positive = 0;
    for (int i = 0; i < n; i++) positive += truth[i] == 1;
    return n ? positive / (positive + n / 2.0) : 0.0;
}
