#include "cases_losses.h"

/* The gradient of the loss of a row is what these kernels call its weight. */

static void hard_targets(CaseRun *run, int V)
{
    enum { EVERY = CASES_LOSSES_NO_TARGET_EVERY };
    for (size_t n = 0; n < run->sizes.index[0]; n++)
        run->index[0][n] = n % EVERY == EVERY - 1 ? -1 : (int)((n * 2654435761u >> 7) % (size_t)V);
}

void cases_losses_tied_sizes(CaseSizes *sizes, const int *dim)
{
    size_t N = (size_t)dim[0], C = (size_t)dim[1], V = (size_t)dim[2];
    sizes->input[0] = N * C;
    sizes->input[1] = V * C;
    sizes->input[2] = dim[3] ? V : 0;
    sizes->output[0] = N;
    sizes->index[0] = N;
    sizes->scratch = cross_entropy_scratch(dim[0], dim[1], dim[2]);
}

void cases_losses_tied_prepare(CaseRun *run)
{
    hard_targets(run, run->dim[2]);
}

void cases_losses_tied_forward(const Kernels *k, CaseRun *run)
{
    k->cross_entropy_tied(&k->products, run->output[0], NULL, NULL, NULL, run->input[0],
                          run->input[1], run->input[2], run->index[0], NULL, run->scratch,
                          run->dim[0], run->dim[1], run->dim[2]);
}

void cases_losses_tied_backward(const Kernels *k, CaseRun *run)
{
    k->cross_entropy_tied(&k->products, run->output[0], run->dinput[0], run->dinput[1],
                          run->dinput[2], run->input[0], run->input[1], run->input[2],
                          run->index[0], run->doutput[0], run->scratch, run->dim[0], run->dim[1],
                          run->dim[2]);
}

void cases_losses_rows_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = (size_t)dim[0] * (size_t)dim[1];
    sizes->output[0] = sizes->index[0] = (size_t)dim[0];
}

void cases_losses_rows_prepare(CaseRun *run)
{
    hard_targets(run, run->dim[1]);
}

void cases_losses_rows_forward(const Kernels *k, CaseRun *run)
{
    k->cross_entropy_rows(run->output[0], NULL, run->input[0], run->index[0], NULL, run->dim[0],
                          run->dim[1]);
}

void cases_losses_rows_backward(const Kernels *k, CaseRun *run)
{
    k->cross_entropy_rows(run->output[0], run->dinput[0], run->input[0], run->index[0],
                          run->doutput[0], run->dim[0], run->dim[1]);
}

/* The targets are no input: nothing is differentiated in them. They stand in the scratch memory. */

void cases_losses_soft_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = sizes->scratch = (size_t)dim[0] * (size_t)dim[1];
    sizes->output[0] = (size_t)dim[0];
}

/* Half of each row's probability on one column, the rest on all alike. */
void cases_losses_soft_prepare(CaseRun *run)
{
    const size_t N = (size_t)run->dim[0], V = (size_t)run->dim[1];
    for (size_t n = 0; n < N; n++)
        for (size_t v = 0; v < V; v++)
            run->scratch[n * V + v] = (real)0.5 / (real)V + (v == n % V ? (real)0.5 : 0);
}

void cases_losses_soft_forward(const Kernels *k, CaseRun *run)
{
    k->cross_entropy_soft(run->output[0], NULL, run->input[0], run->scratch, NULL, run->dim[0],
                          run->dim[1]);
}

void cases_losses_soft_backward(const Kernels *k, CaseRun *run)
{
    k->cross_entropy_soft(run->output[0], run->dinput[0], run->input[0], run->scratch,
                          run->doutput[0], run->dim[0], run->dim[1]);
}

void cases_losses_squared_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = sizes->output[0] = sizes->scratch = (size_t)dim[0];
}

void cases_losses_squared_prepare(CaseRun *run)
{
    for (int n = 0; n < run->dim[0]; n++) run->scratch[n] = (real)(n % 3) / 2;
}

void cases_losses_squared_forward(const Kernels *k, CaseRun *run)
{
    k->squared_error_rows(run->output[0], NULL, run->input[0], run->scratch, NULL, run->dim[0]);
}

void cases_losses_squared_backward(const Kernels *k, CaseRun *run)
{
    k->squared_error_rows(run->output[0], run->dinput[0], run->input[0], run->scratch,
                          run->doutput[0], run->dim[0]);
}
