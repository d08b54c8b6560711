#include <criterion/criterion.h>

#include "golden_rig.h"
#include "model/gpt.h"

TestSuite(gpt_golden);

static const GoldenTolerance float_tolerances[] = {
    {"loss", 5e-7},             /* 1.3e-7: log-sum-exp hides most of a logit's rounding */
    {"outputs", 1e-6},          /* 1.9e-7: sums of 16 products of states of two blocks */
    {"logits", 2e-6},           /* 5.6e-7: the same, the largest of 1,952 */
    {"embedding.weight", 3e-6}, /* 6.0e-7: gradients through all of backward */
    {"_norm.gain", 5e-6},       /* 1.1e-6: sums over rows of products that cancel */
    {".bias", 3e-6},            /* 6.3e-7: sums over rows */
    {".weight", 4e-6}, /* 7.6e-7: sums over rows of products of activations and gradients */
    {.ending = NULL},
};

static const GoldenModel model = {&gpt, "tests/golden/gpt/gpt.json", float_tolerances};

Test(gpt_golden, plain_kernels_give_the_language_model_values)
{
    golden_rig_language_model(&model, &kernels_plain);
}

Test(gpt_golden, fast_kernels_give_the_language_model_values)
{
    golden_rig_language_model(&model, &kernels_fast);
}

Test(gpt_golden, plain_kernels_give_the_classification_values)
{
    golden_rig_classification(&model, &kernels_plain);
}

Test(gpt_golden, fast_kernels_give_the_classification_values)
{
    golden_rig_classification(&model, &kernels_fast);
}
