/* Settings given with the scale, so that a question about one of them needs no file of its own:
 *
 *   tiny+finetune.epochs=5+seeds=[1,2]
 *
 * is the scale `tiny`, with these in the place of what scale and experiment say. Whatever names the scale (a result's
 * folder and page, the command to do it again) so names them too. A value is JSON, or text without its quotes. Another
 * setting begins behind a '+' that a letter follows. */
#ifndef QUESTION_EXPERIMENT_SET_H
#define QUESTION_EXPERIMENT_SET_H

#include "question/experiment_chain.h"
#include "question/experiment_merge.h"

#define EXPERIMENT_SET_MARK '+'

typedef struct ExperimentSet {
    const char *scale;  /* without settings; NULL: its name cannot be read */
    const Json *values; /* an object as in an experiment's file; NULL: none */
    TextList paths;     /* dotted */
} ExperimentSet;

/* What is wrong with the settings themselves is told, all of it. */
bool experiment_set_read(ExperimentSet *set, const char *scale, const SpecTable *settings,
                         Arena *arena, Error *err) MUST_USE;

/* Merges them into what scale and experiment say together. What is set is selected no more; a path of the grid
 * cannot be set. */
bool experiment_set_apply(Json **document, const ExperimentSet *set, const ExperimentMerge *merge,
                          const ExperimentChain *chain) MUST_USE;

#endif
