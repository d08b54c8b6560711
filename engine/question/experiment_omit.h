/* What a scale has not and says so: an entry that is null among its alternatives, or a variant that is null in
 * what it says of the experiment (experiment_own.h; NULL: nothing). Variants of it are left out at that scale, with
 * the claims and rows of tables that name them; and claims about the course of a pre-training, where published
 * weights stand in its place. */
#ifndef QUESTION_EXPERIMENT_OMIT_H
#define QUESTION_EXPERIMENT_OMIT_H

#include "base/json.h"
#include "spec/field.h"

/* Takes them out of a document that is put together; `omitted`: "LSTM", "claim zero-shot". */
bool experiment_omit(TextList *omitted, Json *document, const Json *alternatives, const Json *own,
                     Arena *arena, Error *err) MUST_USE;

#endif
