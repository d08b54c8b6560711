#include <criterion/criterion.h>

#include "golden_rig.h"
#include "model/t5.h"

TestSuite(t5_golden);

static const GoldenTolerance float_tolerances[] = {
    {"loss", 1e-6},    /* 1.9e-7: log-sum-exp hides most of a logit's rounding */
    {"states", 5e-6},  /* 1.3e-6: four blocks, softmax of scores that are not made small */
    {"logits", 5e-6},  /* 1.1e-6: products of these */
    {".gain", 1e-5},   /* 2.2e-6: sums over rows of products that cancel */
    {".weight", 1e-5}, /* 2.4e-6: sums over rows of products of activations and gradients */
    {.ending = NULL},
};

static const GoldenModel model = {&t5, "tests/golden/t5/t5.json", float_tolerances};

Test(t5_golden, plain_kernels_give_the_values_of_transformers)
{
    golden_rig_language_model(&model, &kernels_plain);
}

Test(t5_golden, fast_kernels_give_the_values_of_transformers)
{
    golden_rig_language_model(&model, &kernels_fast);
}
