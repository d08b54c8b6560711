/* The part of a page on what stood behind the scores: what was selected, what was cut, which runs say little. */
#ifndef REPORT_PAGE_RUNS_H
#define REPORT_PAGE_RUNS_H

#include "result/result.h"

bool page_runs(Buffer *page, const Result *result, Error *err) MUST_USE;

#endif
