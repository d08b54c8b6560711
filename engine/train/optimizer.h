/* The optimizers, with a schedule: Adam as GPT-1's and BERT's releases have it, with clipping of the global
 * gradient norm and decoupled weight decay on every tensor of rank above 1 (kernels/adam.h); in its place AdaFactor
 * as T5 used it (kernels/adafactor.h), without a first moment, decay, clipping of gradients or steps that set their
 * own rate.
 *
 *                      GPT-1, 4.1       BERT, A.2            T5, 3.1.2
 *   optimizer          adam             adam                 adafactor
 *   bias_correction    true             false
 *   epsilon            1e-8             1e-6
 *   schedule           warmup_cosine    linear_after_warmup  inverse_sqrt; fine-tuning: warmup_constant without warm-up
 *   learning_rate      2.5e-4           1e-4                 0.01;         fine-tuning: 0.001
 *
 * Sources  openai/finetune-transformer-lm, train.py; google-research/bert, optimization.py; tensorflow/mesh,
 *          optimize.py with the operative_config.gin of text-to-text-transfer-transformer */
#ifndef TRAIN_OPTIMIZER_H
#define TRAIN_OPTIMIZER_H

#include "kernels/kernels.h"
#include "model/tensors.h"
#include "spec/field.h"
#include "train/schedule.h"

typedef struct AdamSpec {
    double beta1, beta2, epsilon;
    double weight_decay;
    double clip_norm;     /* 0: no clipping */
    bool bias_correction; /* of both moments */
} AdamSpec;
extern const SpecTable optimizer_adam_table;

typedef struct AdafactorSpec {
    bool present;
    double clip_threshold; /* of an update's root mean square; 0: no clipping */
    double decay_exponent; /* update t, from 1, has a share of t^-this in the second moment */
    double epsilon1, epsilon2;
    bool parameter_scale;
    int64_t factor_from; /* rows and columns of a matrix whose second moment is factored */
} AdafactorSpec;
extern const SpecTable optimizer_adafactor_table;

/* The rule between both: at most one is given settings. For the check of what has them as `adam` and `adafactor`. */
void optimizer_check(const AdamSpec *adam, const AdafactorSpec *adafactor, const SpecReader *reader,
                     const char *json_path);

/* How the rate runs over a whole training run. */
typedef struct OptimizerPlan {
    AdamSpec adam;
    AdafactorSpec adafactor; /* if present, in the place of adam */
    double learning_rate;    /* the maximum */
    Schedule schedule;
    double warmup;   /* share of all updates */
    int64_t updates; /* T */
} OptimizerPlan;

/* What one update did, for curves. */
typedef struct OptimizerReport {
    double rate;          /* schedule included */
    double gradient_norm; /* before clipping */
} OptimizerReport;

/* Update t (counted from 0) of the plan; reads gradients, changes weights, m, v of what is not
 * frozen; gradients of what is are to be 0. A gradient norm
 * that is not finite changes nothing and returns a report that says so (gradient_norm not
 * finite).
 *
 * AdaFactor has no m (NULL). Its v of a factored matrix begins with the values of the rows that train, those of the
 * columns follow, and the rest stays unused: rows + columns are at most rows * columns, and a tensor keeps one
 * offset in all blocks. What trains of a tensor counts as a parameter of its own, whose scale and root mean square
 * are taken. */
OptimizerReport optimizer_step(const OptimizerPlan *plan, int64_t t, const Kernels *kernels,
                               const TensorTable *table, real *weights, real *m, real *v,
                               const real *gradients);

#endif
