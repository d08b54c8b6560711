#include "cases_logits.h"
#include <string.h>

void cases_logits_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = (size_t)dim[0] * (size_t)dim[1];
    sizes->input[1] = (size_t)dim[2] * (size_t)dim[1];
    sizes->input[2] = dim[3] ? (size_t)dim[2] : 0;
    sizes->output[0] = (size_t)dim[0] * (size_t)dim[2];
    sizes->n_saved = 1;
}

void cases_logits_forward(const Kernels *k, CaseRun *run)
{
    k->logits(run->output[0], run->input[0], run->input[1], run->input[2], run->dim[0], run->dim[1],
              run->dim[2]);
}

void cases_logits_largest_sizes(CaseSizes *sizes, const int *dim)
{
    cases_logits_sizes(sizes, dim);
    sizes->output[0] = sizes->index[0] = (size_t)dim[0];
    sizes->scratch = (size_t)dim[2];
}

/* The last token is the first again, so that there are equals; every other target is the likeliest. */
void cases_logits_largest_prepare(CaseRun *run)
{
    const size_t C = (size_t)run->dim[1], V = (size_t)run->dim[2];
    if (V > 1) memcpy(run->input[1] + (V - 1) * C, run->input[1], C * sizeof(real));
    if (run->input[2]) run->input[2][V - 1] = run->input[2][0];
    for (size_t n = 0; n < run->sizes.index[0]; n++) {
        kernels_plain.logits(run->scratch, run->input[0] + n * C, run->input[1], run->input[2], 1,
                             run->dim[1], run->dim[2]);
        size_t best = 0;
        for (size_t v = 1; v < V; v++)
            if (run->scratch[v] > run->scratch[best]) best = v;
        run->index[0][n] = n % 2 ? (int)((best + V - 1) % V) : (int)best;
    }
}

void cases_logits_largest_forward(const Kernels *k, CaseRun *run)
{
    bool is_largest[1024];
    k->logits_largest(is_largest, run->input[0], run->input[1], run->input[2], run->index[0],
                      run->dim[0], run->dim[1], run->dim[2]);
    for (int n = 0; n < run->dim[0]; n++) run->output[0][n] = is_largest[n];
}
