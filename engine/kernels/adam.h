/* One Adam update (Kingma and Ba 2015) of a run of weights in the form of the paper's released code:
 * epsilon is added to the uncorrected root, the bias correction is folded into the step, and weight
 * decay is decoupled (Loshchilov and Hutter 2017; GPT-1, section 4.1).
 *
 *   g = clip * gradient
 *   m = beta1 m + (1 - beta1) g;   v = beta2 v + (1 - beta2) g^2
 *   w = w - step * (m / (sqrt(v) + epsilon) + decay * w),
 *   step = rate * sqrt(1 - beta2^t) / (1 - beta1^t); without bias correction, as BERT, step = rate
 *
 * Shapes  weight, m, v, gradient: n values
 * Writes  weight, m, v in place */
#ifndef KERNELS_ADAM_H
#define KERNELS_ADAM_H

#include <stddef.h>
#include "base/real.h"

typedef struct AdamStep {
    double step; /* as above, schedule included */
    double beta1, beta2, epsilon;
    double decay; /* 0 for gains and biases */
    double clip;  /* factor on the gradient, 1 when the norm is below the limit */
} AdamStep;

typedef void AdamUpdate(real *weight, real *m, real *v, const real *gradient, AdamStep step,
                        size_t n);
AdamUpdate adam_update_plain, adam_update_fast;

#endif
