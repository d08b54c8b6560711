/* What a scale says of single experiments: sizes, numbers of tokens and data sets that one which is asked at any scale
 * cannot name.
 *
 *   experiment  "variants": {"as wide": {"model": {"architecture": "t5"}}}
 *   scale       "experiments": {"families": {"pretrain": {"tokens": 1250000},
 *                                            "variants": {"as wide": {"model": {"n_layer": 3}}, "other": null}}} */
#ifndef QUESTION_EXPERIMENT_OWN_H
#define QUESTION_EXPERIMENT_OWN_H

#include "question/experiment_chain.h"
#include "question/experiment_merge.h"

/* NULL: nothing of this experiment. */
const Json *experiment_own_find(const ExperimentSource *scale, const char *experiment);

/* Merges it into the document. A variant that the document has not is an error; NULL after any. */
Json *experiment_own_merge(const Json *document, const ExperimentSource *scale,
                           const char *experiment, const ExperimentMerge *merge) MUST_USE;

#endif
