/* Of a version's page: how language models were asked, where not all of them read from left to right, and what they told
 * apart without fine-tuning, by what the data set counts its examples by, beside the scores of others. */
#ifndef REPORT_PAGE_ZERO_SHOT_H
#define REPORT_PAGE_ZERO_SHOT_H

#include "result/evidence.h"
#include "result/result.h"

bool page_zero_shot(Buffer *text, const Result *result, const Evidence *evidence,
                    Error *err) MUST_USE;

#endif
