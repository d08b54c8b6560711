/* Sweeps: lists of values that a scale states for grid paths, so that a question needs no sizes of its own.
 *
 *   scale       "sweeps": {"finetune.transfer_layers": [0, 1, 2, 3]}
 *   experiment  "grid":   {"finetune.transfer_layers": "scale"} */
#ifndef QUESTION_EXPERIMENT_SWEEP_H
#define QUESTION_EXPERIMENT_SWEEP_H

#include "question/experiment_chain.h"

/* Puts the scale's lists into the document's grid; a path without one is an error. */
bool experiment_sweep_fill(Json *document, const Json *sweeps, const char *scale,
                           const ExperimentChain *chain, Arena *arena, Error *err) MUST_USE;

#endif
