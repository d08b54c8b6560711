/* One document on its own: everything that can be wrong before others are known. All record every error
 * with the document's reader; success is an unchanged n_errors. */
#ifndef QUESTION_EXPERIMENT_CHECK_H
#define QUESTION_EXPERIMENT_CHECK_H

#include "question/experiment_folder.h"

/* `settings` is the table of what variants, grid and alternatives may set. */
void experiment_check_document(const ExperimentSource *source, const SpecTable *settings);
void experiment_check_scale(const ExperimentSource *source, const SpecTable *settings);

#endif
