/* Data sets that an experiment names, in whose lists words may stand for the scale's (experiment_fields.h). */
#ifndef QUESTION_EXPERIMENT_TASKS_H
#define QUESTION_EXPERIMENT_TASKS_H

#include "question/experiment_spec.h"

/* What is under `key` in the experiment, or else all of the scale's; empty when it is not measured. */
bool experiment_tasks_read(TextList *tasks, bool measured, const char *key, const Json *document,
                           const Json *scale, Arena *arena, Error *err) MUST_USE;

/* The claims with names in the place of words. Tasks of a claim that are none at the scale stay as they are: nothing is
 * then measured for it. */
bool experiment_tasks_of_claims(Experiment *experiment, const Json *scale, Arena *arena,
                                Error *err) MUST_USE;

#endif
