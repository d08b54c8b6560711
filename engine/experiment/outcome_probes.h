/* The probes of an outcome, from what their stages wrote. */
#ifndef EXPERIMENT_OUTCOME_PROBES_H
#define EXPERIMENT_OUTCOME_PROBES_H

#include "experiment/outcome.h"

/* Fills n_probes and probes of an outcome whose plan is done. */
bool outcome_probes_read(Outcome *outcome, Arena *arena, Error *err) MUST_USE;

#endif
