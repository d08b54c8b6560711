#include "train/optimizer.h"

#include <math.h>

#include "base/elementary.h"

static const SpecField adam_fields[] = {
    SPEC_REAL(AdamSpec, beta1, 0.9, 0.0, 0.9999, "decay of the first moment (GPT-1, 4.1)"),
    SPEC_REAL(AdamSpec, beta2, 0.999, 0.0, 0.999999, "decay of the second moment"),
    SPEC_REAL(AdamSpec, epsilon, 1e-8, 1e-16, 1.0, "added to the uncorrected root, as released"),
    SPEC_REAL(AdamSpec, weight_decay, 0.01, 0.0, 1.0, "decoupled; on tensors of rank above 1"),
    SPEC_REAL(AdamSpec, clip_norm, 1.0, 0.0, 1e6, "limit of the global gradient norm; 0: none"),
    SPEC_END,
};
const SpecTable optimizer_table = {"adam", sizeof(AdamSpec), adam_fields, NULL};

/* b^n by squaring: the same bits everywhere. */
static double power(double b, int64_t n)
{
    double result = 1.0;
    for (; n > 0; n >>= 1, b *= b)
        if (n & 1) result *= b;
    return result;
}

OptimizerReport optimizer_step(const OptimizerPlan *plan, int64_t t, const Kernels *kernels,
                               const TensorTable *table, real *weights, real *m, real *v,
                               const real *gradients)
{
    const AdamSpec *adam = &plan->adam;
    double x = (double)t / (double)plan->updates;
    OptimizerReport report = {
        .rate = plan->learning_rate * schedule_factor(plan->schedule, x, plan->warmup),
        .gradient_norm = sqrt(kernels->norm_squared(gradients, table->n_elements)),
    };
    if (!isfinite(report.gradient_norm)) return report;
    bool clips = adam->clip_norm > 0 && report.gradient_norm > adam->clip_norm;
    AdamStep step = {
        .step = report.rate * sqrt(1 - power(adam->beta2, t + 1)) / (1 - power(adam->beta1, t + 1)),
        .beta1 = adam->beta1,
        .beta2 = adam->beta2,
        .epsilon = adam->epsilon,
        .clip = clips ? adam->clip_norm / report.gradient_norm : 1.0,
    };
    for (int i = 0; i < table->n; i++) {
        const TensorInfo *tensor = &table->items[i];
        size_t at = tensor->offset + tensor->n_frozen;
        step.decay = tensor->flags & TENSOR_DECAY ? adam->weight_decay : 0.0;
        kernels->adam_update(weights + at, m + at, v + at, gradients + at, step,
                             tensor->n - tensor->n_frozen);
    }
    return report;
}
