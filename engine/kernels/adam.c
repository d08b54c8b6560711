#include "kernels/adam.h"
#include <tgmath.h>
#include "base/parallel.h"
#include "kernels/wide.h"

enum { ADAM_CHUNK = 16384 };

void adam_update_plain(real *restrict weight, real *restrict m, real *restrict v,
                       const real *restrict gradient, AdamStep step, size_t n)
{
    const real rate = (real)step.step, decay = (real)step.decay, clip = (real)step.clip;
    const real beta1 = (real)step.beta1, keep1 = (real)(1 - step.beta1);
    const real beta2 = (real)step.beta2, keep2 = (real)(1 - step.beta2);
    const real epsilon = (real)step.epsilon;
    for (size_t i = 0; i < n; i++) {
        real g = clip * gradient[i];
        m[i] = beta1 * m[i] + keep1 * g;
        v[i] = beta2 * v[i] + keep2 * g * g;
        weight[i] -= rate * (m[i] / (sqrt(v[i]) + epsilon) + decay * weight[i]);
    }
}

/* --- fast: the definition (which the compiler vectorises) on chunks ------------------------------------ */

typedef struct AdamJob {
    real *weight, *m, *v;
    const real *gradient;
    AdamStep step;
} AdamJob;

WIDE static void adam_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const AdamJob *job = context;
    adam_update_plain(job->weight + begin, job->m + begin, job->v + begin, job->gradient + begin,
                      job->step, end - begin);
}

void adam_update_fast(real *weight, real *m, real *v, const real *gradient, AdamStep step, size_t n)
{
    AdamJob job = {.weight = weight, .m = m, .v = v, .gradient = gradient, .step = step};
    parallel_for(n, ADAM_CHUNK, adam_piece, &job);
}
