/* An architecture against values made by PyTorch: tests/golden/NAME/make.py says how. */
#ifndef TESTS_MODEL_GOLDEN_RIG_H
#define TESTS_MODEL_GOLDEN_RIG_H

#include "model_rig.h"

/* Largest allowed deviation of a list over its largest expected value, by the end of the list's name. In
 * double what is seen is the 12 digits of the file (at most 4e-12); in float it is rounding, 6e-8 a step,
 * and each row of the float tolerances says how much was seen and why. */
typedef struct GoldenTolerance {
    const char *ending;
    double tolerance;
} GoldenTolerance;

typedef struct GoldenModel {
    const Architecture *architecture;
    const char *path;
    const GoldenTolerance *float_tolerances; /* end with an unnamed row */
} GoldenModel;

/* Loss, losses of rows, logits and every gradient, in the two forms of the file; the second also gives the
 * outputs and losses of a head. */
void golden_rig_language_model(const GoldenModel *model, const Kernels *kernels);
void golden_rig_classification(const GoldenModel *model, const Kernels *kernels);

#endif
