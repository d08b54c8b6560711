/* What the rows of logits in the table of kernels are made of: N, C, V, with bias (0 or 1). */
#ifndef TESTS_KERNELS_CASES_LOGITS_H
#define TESTS_KERNELS_CASES_LOGITS_H

#include "cases.h"

CaseSizing cases_logits_sizes, cases_logits_largest_sizes;
CasePreparation cases_logits_largest_prepare;
CaseCall cases_logits_forward, cases_logits_largest_forward;

#endif
