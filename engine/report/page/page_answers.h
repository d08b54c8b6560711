/* The part of a page on which classes were answered for which. */
#ifndef REPORT_PAGE_ANSWERS_H
#define REPORT_PAGE_ANSWERS_H

#include "result/evidence.h"
#include "result/result.h"

/* Nothing where no task has classes whose names are known. */
bool page_answers(Buffer *page, const Result *result, const Evidence *evidence,
                  Error *err) MUST_USE;

#endif
