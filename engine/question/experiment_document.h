/* An experiment as one document, everything resolved: what results keep. It has the words of the specs, but for
 * `cells`, which stand for variants and grid: [{name, variant, point, settings}]. */
#ifndef QUESTION_EXPERIMENT_DOCUMENT_H
#define QUESTION_EXPERIMENT_DOCUMENT_H

#include "question/experiment_spec.h"

/* report: as it was given; NULL: none. NULL on failure. */
Json *experiment_document_write(const Experiment *experiment, const Json *report, Arena *arena,
                                Error *err) MUST_USE;

/* The experiment of a document, without what only a run needs: the cells' `settings` and candidates. What an
 * older document does not say is empty. `path` names it in errors. */
bool experiment_document_read(Experiment *experiment, const Json *document, const char *path,
                              Arena *arena, Error *err) MUST_USE;

/* Which measures a list of experiment_measure_words asks for; an empty one: fine-tuning. */
void experiment_document_measures(bool measures[N_MEASURES], const TextList *asked);

#endif
