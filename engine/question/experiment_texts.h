/* Names and sentences of a document: none is empty, none has control characters. Names become lines of tables and
 * keys, and a line end in one would only be found when all is trained. */
#ifndef QUESTION_EXPERIMENT_TEXTS_H
#define QUESTION_EXPERIMENT_TEXTS_H

#include "spec/field.h"

/* All members of the document, however deep; line ends may stand in its question and its description. Records every
 * error with the reader. */
void experiment_texts_check(const SpecReader *reader, const Json *document);

#endif
