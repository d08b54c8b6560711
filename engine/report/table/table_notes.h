/* What must be known to read the scores: what they are means of, which split they are on, what their intervals do
 * not cover. */
#ifndef REPORT_TABLE_NOTES_H
#define REPORT_TABLE_NOTES_H

#include "report/table/table.h"
#include "result/result.h"

/* Adds them below a table of scores that has room for table_notes_most(). */
bool table_notes(Table *table, const Result *result, Error *err) MUST_USE;
size_t table_notes_most(const Result *result);

#endif
