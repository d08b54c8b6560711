/* Variants and grid points to cells. */
#ifndef QUESTION_EXPERIMENT_CELLS_H
#define QUESTION_EXPERIMENT_CELLS_H

#include "question/experiment_chain.h"
#include "question/experiment_merge.h"

/* Fills experiment->variants, n_cells and cells from the merged document. Settings that do not read, or
 * lack something, are reported once a variant. */
bool experiment_cells_resolve(Experiment *experiment, const ExperimentChain *chain,
                              const ExperimentMerge *merge, const Json *settings,
                              const Json *document) MUST_USE;

/* What a document may call its variants and, where they have names of their own, its cells. */
bool experiment_cells_names(TextList *names, const Experiment *experiment, Arena *arena,
                            Error *err) MUST_USE;

/* NULL: there is no cell of this name. */
const ExperimentCell *experiment_cells_find(const Experiment *experiment, const char *name);

#endif
