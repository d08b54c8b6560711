#include "cases_relative_bias.h"

/* --- relative_bias: H, buckets, distance, both ways (0 or 1), reach --------------------------------------- */

static RelativeBuckets buckets_of(const CaseRun *run)
{
    return (RelativeBuckets){
        .n = run->dim[1], .distance = run->dim[2], .both_ways = run->dim[3] != 0};
}

void cases_relative_bias_sizes(CaseSizes *sizes, const int *dim)
{
    const size_t H = (size_t)dim[0];
    sizes->input[0] = (size_t)dim[1] * H;
    sizes->output[0] = H * (2 * (size_t)dim[4] + 1);
}

void cases_relative_bias_forward(const Kernels *k, CaseRun *run)
{
    k->relative_bias_forward(run->output[0], run->input[0], buckets_of(run), run->dim[4],
                             run->dim[0]);
}

void cases_relative_bias_backward(const Kernels *k, CaseRun *run)
{
    k->relative_bias_backward(run->dinput[0], run->doutput[0], buckets_of(run), run->dim[4],
                              run->dim[0]);
}
