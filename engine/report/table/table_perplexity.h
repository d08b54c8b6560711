/* Held-out perplexities compare models that were asked the same: those of next tokens say something else than those of
 * hidden ones. Shown are those of one objective, the first cell's that was pre-trained. */
#ifndef REPORT_TABLE_PERPLEXITY_H
#define REPORT_TABLE_PERPLEXITY_H

#include "report/table/table.h"
#include "result/result.h"

TableField table_perplexity_field(const Result *result, const char *cell);

/* What was left out, if anything was. */
bool table_perplexity_note(Table *table, const Result *result, Error *err) MUST_USE;

#endif
