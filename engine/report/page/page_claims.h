/* The verdicts on a version's page. */
#ifndef REPORT_PAGE_CLAIMS_H
#define REPORT_PAGE_CLAIMS_H

#include "result/draft.h"

bool page_claims(Buffer *page, const Draft *draft, Error *err) MUST_USE;

#endif
