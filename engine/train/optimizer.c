#include "train/optimizer.h"

#include <math.h>

#include "base/elementary.h"

static const SpecField adam_fields[] = {
    SPEC_REAL(AdamSpec, beta1, 0.9, 0.0, 0.9999, "decay of the first moment (GPT-1, 4.1)"),
    SPEC_REAL(AdamSpec, beta2, 0.999, 0.0, 0.999999, "decay of the second moment"),
    SPEC_REAL(AdamSpec, epsilon, 1e-8, 1e-16, 1.0,
              "added to the uncorrected root, as released (BERT: 1e-6)"),
    SPEC_REAL(AdamSpec, weight_decay, 0.01, 0.0, 1.0, "decoupled; on tensors of rank above 1"),
    SPEC_REAL(AdamSpec, clip_norm, 1.0, 0.0, 1e6, "limit of the global gradient norm; 0: none"),
    SPEC_BOOL(AdamSpec, bias_correction, true,
              "undo the bias of the moments towards 0, where they begin; BERT's release does not",
              .sparse = true),
    SPEC_END,
};
const SpecTable optimizer_adam_table = {"adam", sizeof(AdamSpec), adam_fields, NULL};

static const SpecField adafactor_fields[] = {
    SPEC_REAL(
        AdafactorSpec, clip_threshold, 1.0, 0.0, 1e6,
        "limit of the root mean square of a tensor's update, before the learning rate; 0: none"),
    SPEC_REAL(AdafactorSpec, decay_exponent, 0.8, 0.0, 1.0,
              "update t, counted from 1, has a share of t^-0.8 in the second moment"),
    SPEC_REAL(AdafactorSpec, epsilon1, 1e-30, 1e-36, 1.0, "added to squares of gradients"),
    SPEC_REAL(AdafactorSpec, epsilon2, 1e-3, 1e-9, 1.0, "least scale of a tensor"),
    SPEC_BOOL(
        AdafactorSpec, parameter_scale, true,
        "multiply the learning rate by a tensor's scale, the root mean square of its weights"),
    SPEC_INT(AdafactorSpec, factor_from, 128, 2, 1e9,
             "matrices of at least so many rows and columns keep their second moment by rows and "
             "by columns alone; smaller ones, and vectors, whole (T5: 128)"),
    SPEC_END,
};
const SpecTable optimizer_adafactor_table = {"adafactor", sizeof(AdafactorSpec), adafactor_fields,
                                             NULL};

void optimizer_check(const AdamSpec *adam, const AdafactorSpec *adafactor, const SpecReader *reader,
                     const char *path)
{
    if (!adafactor->present) return;
    const Json *given = spec_write(adam, &optimizer_adam_table, false, reader->arena, reader->err);
    if (!given || json_size(given) == 0) return;
    spec_error(reader, spec_path_key(reader, path, "adafactor"),
               "trains in the place of adam, which has settings of its own");
    error_hint(reader->err, "leave one of both out; \"adafactor\": null is none");
}

/* b^n by squaring: the same bits everywhere. */
static double power(double b, int64_t n)
{
    double result = 1.0;
    for (; n > 0; n >>= 1, b *= b)
        if (n & 1) result *= b;
    return result;
}

static void adam_step(const AdamSpec *adam, const OptimizerReport *report, int64_t t,
                      const Kernels *kernels, const TensorTable *table, real *weights, real *m,
                      real *v, const real *gradients)
{
    bool clips = adam->clip_norm > 0 && report->gradient_norm > adam->clip_norm;
    AdamStep step = {
        .beta1 = adam->beta1,
        .beta2 = adam->beta2,
        .epsilon = adam->epsilon,
        .clip = clips ? adam->clip_norm / report->gradient_norm : 1.0,
    };
    step.step = report->rate;
    if (adam->bias_correction)
        step.step =
            report->rate * sqrt(1 - power(adam->beta2, t + 1)) / (1 - power(adam->beta1, t + 1));
    for (int i = 0; i < table->n; i++) {
        const TensorInfo *tensor = &table->items[i];
        size_t at = tensor->offset + tensor->n_frozen;
        step.decay = tensor->flags & TENSOR_DECAY ? adam->weight_decay : 0.0;
        kernels->adam_update(weights + at, m + at, v + at, gradients + at, step,
                             tensor->n - tensor->n_frozen);
    }
}

static void adafactor_step(const AdafactorSpec *adafactor, double rate, int64_t t,
                           const Kernels *kernels, const TensorTable *table, real *weights, real *v,
                           const real *gradients)
{
    const size_t least = (size_t)adafactor->factor_from;
    const AdafactorStep step = {
        .rate = rate,
        .share = elementary_exp64(-adafactor->decay_exponent * elementary_log64((double)(t + 1))),
        .epsilon1 = adafactor->epsilon1,
        .epsilon2 = adafactor->epsilon2,
        .clip = adafactor->clip_threshold,
        .by_scale = adafactor->parameter_scale,
    };
    for (int i = 0; i < table->n; i++) {
        const TensorInfo *tensor = &table->items[i];
        const size_t at = tensor->offset + tensor->n_frozen, n = tensor->n - tensor->n_frozen;
        const size_t columns = tensor->dim[1], rows = n / columns;
        const bool factored = rows >= least && columns >= least;
        if (n > 0)
            kernels->adafactor_update(weights + at, v + at, gradients + at, step,
                                      factored ? rows : 1, factored ? columns : n);
    }
}

OptimizerReport optimizer_step(const OptimizerPlan *plan, int64_t t, const Kernels *kernels,
                               const TensorTable *table, real *weights, real *m, real *v,
                               const real *gradients)
{
    double x = (double)t / (double)plan->updates;
    OptimizerReport report = {
        .rate = plan->learning_rate * schedule_factor(plan->schedule, x, plan->warmup),
        .gradient_norm = sqrt(kernels->norm_squared(gradients, table->n_elements)),
    };
    if (!isfinite(report.gradient_norm)) return report;
    if (plan->adafactor.present)
        adafactor_step(&plan->adafactor, report.rate, t, kernels, table, weights, v, gradients);
    else adam_step(&plan->adam, &report, t, kernels, table, weights, m, v, gradients);
    return report;
}
