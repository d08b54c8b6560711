/* README.md of a version: the question, the verdicts, the table, the figures, sampled text, how to do it
 * again, and where it comes from. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "result/result.h"

/* table: the tables in Markdown. */
bool page_write(Buffer *page, const Result *result, const char *table, Error *err) MUST_USE;

#endif
