/* What the language model of a cell was asked, by the settings in the result. Losses and perplexities of one objective
 * say something else than those of another: next tokens are harder to tell than hidden ones. */
#ifndef ANALYSIS_CELL_OBJECTIVE_H
#define ANALYSIS_CELL_OBJECTIVE_H

#include "result/result.h"

/* Its place among the objectives; -1: it is not known. */
int cell_objective(const Experiment *experiment, const char *cell);

/* Whether language models of a result were asked different things, as far as it is known of all. */
bool cell_objective_differs(const Result *result);

#endif
