/* What the rows of elementwise functions in the table of kernels are made of: n. */
#ifndef TESTS_KERNELS_CASES_ACTIVATIONS_H
#define TESTS_KERNELS_CASES_ACTIVATIONS_H

#include "cases.h"

CaseSizing cases_activations_sizes;
CasePreparation cases_activations_relu_prepare;
CaseCall cases_activations_gelu_forward, cases_activations_gelu_backward;
CaseCall cases_activations_gelu_erf_forward, cases_activations_gelu_erf_backward;
CaseCall cases_activations_relu_forward, cases_activations_relu_backward;
CaseCall cases_activations_tanh_forward, cases_activations_tanh_backward;

#endif
