/* README.md of a version: the question, the verdicts, the table, what was told apart without fine-tuning, the
 * figures, which classes were answered for which, sampled text, how to do it again, and where it comes from. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "result/evidence.h"
#include "result/result.h"

/* evidence NULL: there is none. table: the tables in Markdown. */
bool page_write(Buffer *page, const Result *result, const Evidence *evidence, const char *table,
                Error *err) MUST_USE;

#endif
