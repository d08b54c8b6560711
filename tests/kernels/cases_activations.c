#include "cases_activations.h"
#include <math.h>

void cases_activations_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = sizes->output[0] = (size_t)dim[0];
}

void cases_activations_gelu_forward(const Kernels *k, CaseRun *run)
{
    k->gelu_forward(run->output[0], run->input[0], run->sizes.input[0]);
}

void cases_activations_gelu_backward(const Kernels *k, CaseRun *run)
{
    k->gelu_backward(run->dinput[0], run->doutput[0], run->input[0], run->sizes.input[0]);
}

void cases_activations_gelu_erf_forward(const Kernels *k, CaseRun *run)
{
    k->gelu_erf_forward(run->output[0], run->input[0], run->sizes.input[0]);
}

void cases_activations_gelu_erf_backward(const Kernels *k, CaseRun *run)
{
    k->gelu_erf_backward(run->dinput[0], run->doutput[0], run->input[0], run->sizes.input[0]);
}

/* No value beside the corner, over which a difference quotient would reach. */
void cases_activations_relu_prepare(CaseRun *run)
{
    for (size_t i = 0; i < run->sizes.input[0]; i++)
        if (fabs((double)run->input[0][i]) < 1e-3) run->input[0][i] = 1;
}

void cases_activations_relu_forward(const Kernels *k, CaseRun *run)
{
    k->relu_forward(run->output[0], run->input[0], run->sizes.input[0]);
}

void cases_activations_relu_backward(const Kernels *k, CaseRun *run)
{
    k->relu_backward(run->dinput[0], run->doutput[0], run->input[0], run->sizes.input[0]);
}

void cases_activations_tanh_forward(const Kernels *k, CaseRun *run)
{
    k->tanh_forward(run->output[0], run->input[0], run->sizes.input[0]);
}

/* From the y of the forward call. */
void cases_activations_tanh_backward(const Kernels *k, CaseRun *run)
{
    k->tanh_backward(run->dinput[0], run->doutput[0], run->output[0], run->sizes.input[0]);
}
