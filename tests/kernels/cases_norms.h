/* Rows of the table of cases.c for kernels that normalize: N, C. */
#ifndef TESTS_KERNELS_CASES_NORMS_H
#define TESTS_KERNELS_CASES_NORMS_H

#include "cases.h"

CaseSizing cases_norms_layernorm_sizes, cases_norms_rms_norm_sizes;
CaseCall cases_norms_layernorm_forward, cases_norms_layernorm_backward;
CaseCall cases_norms_rms_norm_forward, cases_norms_rms_norm_backward;

#endif
