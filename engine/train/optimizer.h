/* Adam as the paper used it: global gradient-norm clipping, decoupled weight decay on every
 * tensor of rank above 1, a schedule (GPT-1, section 4.1; kernels/adam.h has the formula). */
#ifndef TRAIN_OPTIMIZER_H
#define TRAIN_OPTIMIZER_H

#include "kernels/kernels.h"
#include "model/tensors.h"
#include "spec/field.h"
#include "train/schedule.h"

typedef struct AdamSpec {
    double beta1, beta2, epsilon;
    double weight_decay;
    double clip_norm; /* 0: no clipping */
} AdamSpec;
extern const SpecTable optimizer_table;

/* How the rate runs over a whole training run. */
typedef struct OptimizerPlan {
    AdamSpec adam;
    double learning_rate; /* the maximum */
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
 * finite). */
OptimizerReport optimizer_step(const OptimizerPlan *plan, int64_t t, const Kernels *kernels,
                               const TensorTable *table, real *weights, real *m, real *v,
                               const real *gradients);

#endif
