/* What the rows of losses in the table of kernels are made of: cross-entropy (tied: N, C, V, with
 * bias: 0 or 1; rows and soft: N, V), squared error (N). */
#ifndef TESTS_KERNELS_CASES_LOSSES_H
#define TESTS_KERNELS_CASES_LOSSES_H

#include "cases.h"

enum { CASES_LOSSES_NO_TARGET_EVERY = 5 }; /* so many rows have one without a target */

CaseSizing cases_losses_tied_sizes, cases_losses_rows_sizes;
CaseSizing cases_losses_soft_sizes, cases_losses_squared_sizes;
CasePreparation cases_losses_tied_prepare, cases_losses_rows_prepare;
CasePreparation cases_losses_soft_prepare, cases_losses_squared_prepare;
CaseCall cases_losses_tied_forward, cases_losses_tied_backward;
CaseCall cases_losses_rows_forward, cases_losses_rows_backward;
CaseCall cases_losses_soft_forward, cases_losses_soft_backward;
CaseCall cases_losses_squared_forward, cases_losses_squared_backward;

#endif
