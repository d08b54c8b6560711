/* `select` of the experiment and of its scale: which paths are tried. */
#ifndef QUESTION_EXPERIMENT_SELECT_H
#define QUESTION_EXPERIMENT_SELECT_H

#include "question/experiment_chain.h"

/* Fills experiment->select from the merged document; NULL when nothing is left to select. A path that
 * is in the grid too is an error. */
bool experiment_select_read(Experiment *experiment, const ExperimentChain *chain,
                            const Json *document, Arena *arena, Error *err) MUST_USE;

#endif
