/* What the interval of an effect does not say, in words: one seed, constant predictions, few units,
 * nothing that varies, one machine. */
#ifndef ANALYSIS_CAVEATS_H
#define ANALYSIS_CAVEATS_H

#include "analysis/measure.h"

/* Something is known of chance, so that there can be a verdict: an exact quantity, or a sample that varies. */
bool caveats_is_known(const Quantity *effect);

/* Of a claim on some tasks; empty: none. */
bool caveats_find(TextList *caveats, const Measures *measures, const ExperimentClaim *claim,
                  const size_t *tasks, size_t n_tasks, const Quantity *effect, Arena *arena,
                  Error *err) MUST_USE;

#endif
