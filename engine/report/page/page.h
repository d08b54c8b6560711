/* README.md of a version: the question, the verdicts, the table, the figures, sampled text, how to do it
 * again, and where it comes from. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "result/draft.h"
#include "result/provenance.h"

bool page_write(Buffer *page, const Draft *draft, const Provenance *provenance, const char *table,
                Error *err) MUST_USE;

#endif
