#include "cases_norms.h"

/* --- layernorm: N, C --------------------------------------------------------------------------- */

void cases_norms_layernorm_sizes(CaseSizes *sizes, const int *dim)
{
    size_t N = (size_t)dim[0], C = (size_t)dim[1];
    sizes->input[0] = sizes->output[0] = N * C;
    sizes->input[1] = sizes->input[2] = C;
    sizes->output[1] = sizes->output[2] = N;
    sizes->n_saved = 2;
}

void cases_norms_layernorm_forward(const Kernels *k, CaseRun *run)
{
    k->layernorm_forward(run->output[0], run->output[1], run->output[2], run->input[0],
                         run->input[1], run->input[2], run->dim[0], run->dim[1], (real)1e-5);
}

void cases_norms_layernorm_backward(const Kernels *k, CaseRun *run)
{
    k->layernorm_backward(run->dinput[0], run->dinput[1], run->dinput[2], run->doutput[0],
                          run->input[0], run->input[1], run->output[1], run->output[2], run->dim[0],
                          run->dim[1]);
}

/* --- rms_norm: N, C ---------------------------------------------------------------------------- */

void cases_norms_rms_norm_sizes(CaseSizes *sizes, const int *dim)
{
    const size_t N = (size_t)dim[0], C = (size_t)dim[1];
    sizes->input[0] = sizes->output[0] = N * C;
    sizes->input[1] = C;
    sizes->output[1] = N;
    sizes->n_saved = 1;
}

void cases_norms_rms_norm_forward(const Kernels *k, CaseRun *run)
{
    k->rms_norm_forward(run->output[0], run->output[1], run->input[0], run->input[1], run->dim[0],
                        run->dim[1], (real)1e-6);
}

void cases_norms_rms_norm_backward(const Kernels *k, CaseRun *run)
{
    k->rms_norm_backward(run->dinput[0], run->dinput[1], run->doutput[0], run->input[0],
                         run->input[1], run->output[1], run->dim[0], run->dim[1]);
}
