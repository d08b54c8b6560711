/* The part of a page on what language models write. */
#ifndef REPORT_PAGE_SAMPLES_H
#define REPORT_PAGE_SAMPLES_H

#include "result/result.h"

/* Of a result that keeps no samples, they are taken over from the page that it has, as they stand there. */
bool page_samples(Buffer *page, const Result *result, Error *err) MUST_USE;

#endif
