#include "cases_updates.h"

#include <string.h>

/* --- adam_update: n; weight, m and v in place, here on copies ------------------------------------------ */

void cases_updates_adam_sizes(CaseSizes *sizes, const int *dim)
{
    for (int i = 0; i < 4; i++) sizes->input[i] = (size_t)dim[0];
    for (int i = 0; i < 3; i++) sizes->output[i] = (size_t)dim[0];
    sizes->n_saved = 3;
}

void cases_updates_adam_prepare(CaseRun *run)
{
    for (size_t i = 0; i < run->sizes.input[2]; i++) run->input[2][i] *= run->input[2][i];
}

void cases_updates_adam_forward(const Kernels *k, CaseRun *run)
{
    const AdamStep step = {
        .step = 2.5e-4, .beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-8, .decay = 0.01, .clip = 0.7};
    for (int i = 0; i < 3; i++)
        memcpy(run->output[i], run->input[i], run->sizes.output[i] * sizeof(real));
    k->adam_update(run->output[0], run->output[1], run->output[2], run->input[3], step,
                   run->sizes.input[0]);
}

/* --- adafactor_update: R, C; weight and v in place, here on copies ------------------------------------- */

void cases_updates_adafactor_sizes(CaseSizes *sizes, const int *dim)
{
    const size_t R = (size_t)dim[0], C = (size_t)dim[1];
    sizes->input[0] = sizes->input[2] = sizes->output[0] = R * C;
    sizes->input[1] = sizes->output[1] = R > 1 ? R + C : C;
    sizes->n_saved = 2;
}

void cases_updates_adafactor_prepare(CaseRun *run)
{
    for (size_t i = 0; i < run->sizes.input[1]; i++) run->input[1][i] *= run->input[1][i];
}

void cases_updates_adafactor_forward(const Kernels *k, CaseRun *run)
{
    const AdafactorStep step = {.rate = 1e-2,
                                .share = 0.3,
                                .epsilon1 = 1e-30,
                                .epsilon2 = 1e-3,
                                .clip = 1,
                                .by_scale = true};
    for (int i = 0; i < 2; i++)
        memcpy(run->output[i], run->input[i], run->sizes.output[i] * sizeof(real));
    k->adafactor_update(run->output[0], run->output[1], run->input[2], step, (size_t)run->dim[0],
                        (size_t)run->dim[1]);
}
