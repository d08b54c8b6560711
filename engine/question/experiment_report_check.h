/* Whether what a report names is there: variants and cells, paths of the grid, tasks. */
#ifndef QUESTION_EXPERIMENT_REPORT_CHECK_H
#define QUESTION_EXPERIMENT_REPORT_CHECK_H

#include "question/experiment_report.h"
#include "question/experiment_spec.h"

/* A task must be one of the experiment's or of any scale in FOLDER/scales/, because one report serves all
 * scales. Every error is recorded at `reader`. */
bool experiment_report_check(const Experiment *experiment, const TextList *rows, const char *folder,
                             const SpecReader *reader) MUST_USE;

#endif
