/* What a result says beside its numbers: title, question, description, the statements of claims, what is reported,
 * and the terms of data sets. They may change while the numbers do not. */
#ifndef RESULT_RESULT_WORDS_H
#define RESULT_RESULT_WORDS_H

#include "result/result.h"

/* Puts the words of an experiment as it is asked now, and of the data as they are described now, in the place of
 * those in `document`, a result.json with the same numbers. *changed: which, "title, claim transfer"; NULL: none. */
bool result_words_take(const char **changed, Json *document, const Experiment *experiment,
                       const Provenance *provenance, Arena *arena, Error *err) MUST_USE;

#endif
