/* `select` of the experiment and of its scale: which paths are tried. */
#ifndef QUESTION_EXPERIMENT_SELECT_H
#define QUESTION_EXPERIMENT_SELECT_H

#include "question/experiment_chain.h"

/* No path of `part`, "grid" or "select", of the merged document is inside another one of it. */
bool experiment_select_check_paths(const Json *document, const char *part,
                                   const ExperimentChain *chain, Error *err) MUST_USE;

/* Fills experiment->select from the merged document; NULL when nothing is left to select. A path that
 * the grid has too, or a part of it, is an error. */
bool experiment_select_read(Experiment *experiment, const ExperimentChain *chain,
                            const Json *document, Arena *arena, Error *err) MUST_USE;

#endif
