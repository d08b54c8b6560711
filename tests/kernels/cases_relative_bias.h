/* The row of the table of cases.c for the bias by relative position. */
#ifndef TESTS_KERNELS_CASES_RELATIVE_BIAS_H
#define TESTS_KERNELS_CASES_RELATIVE_BIAS_H

#include "cases.h"

CaseSizing cases_relative_bias_sizes;
CaseCall cases_relative_bias_forward, cases_relative_bias_backward;

#endif
