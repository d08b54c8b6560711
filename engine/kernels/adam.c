#include "kernels/adam.h"
#include <tgmath.h>

void adam_update_plain(real *weight, real *m, real *v, const real *gradient, AdamStep step, size_t n)
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
