/* Claims against the rest of their experiment: variants, cells, grid, tasks. */
#ifndef QUESTION_EXPERIMENT_CLAIM_CHECK_H
#define QUESTION_EXPERIMENT_CLAIM_CHECK_H

#include "question/experiment_chain.h"

/* The experiment's claims and cells are there, its tasks need not be. `folder` holds the scales, at one of
 * which every task that a claim names must stand. */
bool experiment_claim_check(const Experiment *experiment, const ExperimentChain *chain,
                            const char *folder, Arena *arena, Error *err) MUST_USE;

#endif
