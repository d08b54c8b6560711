/* The table of scores: cells down, tasks across, times 100 with 95 % intervals; below a cell the paper's own
 * score; paired effects; held-out perplexity, and parameters where they differ. */
#ifndef REPORT_TABLE_SCORES_H
#define REPORT_TABLE_SCORES_H

#include "report/table/table.h"
#include "result/result.h"

/* A cell's score on a task, or on all; nothing where it was not measured. */
TableField table_scores_field(const Result *result, const char *cell, const char *task);

bool table_scores_make(Table *table, const Result *result, Error *err) MUST_USE;

#endif
