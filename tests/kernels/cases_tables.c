#include "cases_tables.h"

/* A number that looks random, for indexes. */
static int scattered(size_t i, int below)
{
    return (int)((i * 2654435761u >> 7) % (size_t)below);
}

/* --- embedding: N, C, V, T (0: no positions), segments (0: none) -------------------------------------- */

void cases_tables_embedding_sizes(CaseSizes *sizes, const int *dim)
{
    const size_t N = (size_t)dim[0], C = (size_t)dim[1];
    for (int table = 0; table < 3; table++) {
        sizes->input[table] = (size_t)dim[2 + table] * C;
        sizes->index[table] = N;
    }
    sizes->output[0] = N * C;
}

void cases_tables_embedding_prepare(CaseRun *run)
{
    const int T = run->dim[3], n_segments = run->dim[4];
    for (size_t n = 0; n < run->sizes.index[0]; n++) {
        run->index[0][n] = scattered(n, run->dim[2]);
        if (T) run->index[1][n] = (int)n % T;
        if (n_segments) run->index[2][n] = scattered(n / 2, n_segments);
    }
}

void cases_tables_embedding_forward(const Kernels *k, CaseRun *run)
{
    k->embedding_forward(run->output[0], run->index[0], run->index[1], run->index[2], run->input[0],
                         run->input[1], run->input[2], run->dim[0], run->dim[1]);
}

void cases_tables_embedding_backward(const Kernels *k, CaseRun *run)
{
    k->embedding_backward(run->dinput[0], run->dinput[1], run->dinput[2], run->doutput[0],
                          run->index[0], run->index[1], run->index[2], run->dim[0], run->dim[1]);
}

/* --- pool: rows of x, G, k, C ------------------------------------------------------------------------ */

void cases_tables_pool_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = (size_t)dim[0] * (size_t)dim[3];
    sizes->output[0] = (size_t)dim[1] * (size_t)dim[3];
    sizes->index[0] = (size_t)dim[1] * (size_t)dim[2];
}

void cases_tables_pool_prepare(CaseRun *run)
{
    for (size_t i = 0; i < run->sizes.index[0]; i++) run->index[0][i] = scattered(i, run->dim[0]);
}

void cases_tables_pool_forward(const Kernels *k, CaseRun *run)
{
    k->pool_forward(run->output[0], run->input[0], run->index[0], run->dim[1], run->dim[2],
                    run->dim[3]);
}

void cases_tables_pool_backward(const Kernels *k, CaseRun *run)
{
    k->pool_backward(run->dinput[0], run->doutput[0], run->index[0], run->dim[1], run->dim[2],
                     run->dim[3]);
}
