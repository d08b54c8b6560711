/* What was measured on the language models themselves: zero-shot scores at the end of pre-training, and curves at
 * a few of their points. A row a model, whichever cells share it. */
#ifndef REPORT_TABLE_PROBE_H
#define REPORT_TABLE_PROBE_H

#include "report/table/table.h"
#include "result/result.h"

/* At most N_PROBE_KINDS tables, *n of them. */
bool table_probe_make(Table *tables, size_t *n, const Result *result, Error *err) MUST_USE;

#endif
