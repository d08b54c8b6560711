/* The score of guessing, which is 0 where zero-shot scores are normalised (GPT-1, figure 2, right). */
#ifndef ANALYSIS_CHANCE_H
#define ANALYSIS_CHANCE_H

#include "data/dataset/dataset.h"
#include "task/metric.h"

/* Every answer equally likely, whatever the example:
 *   accuracy     1 / number of labels; where rows have unequally many answers, of the most; 0 for a last
 *                word, which stands for a whole vocabulary
 *   F1           p / (p + 1/2), with p the share of positive examples
 *   Matthews, Pearson, Spearman: 0 */
double chance_score(const DatasetInfo *info, const Metric *metric, const double *truth, int n);

#endif
