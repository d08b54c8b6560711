/* The verdicts on a version's page. */
#ifndef REPORT_PAGE_CLAIMS_H
#define REPORT_PAGE_CLAIMS_H

#include "result/result.h"

bool page_claims(Buffer *page, const Result *result, Error *err) MUST_USE;

#endif
