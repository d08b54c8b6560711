#include <criterion/criterion.h>

#include "golden_rig.h"
#include "model/lstm.h"

TestSuite(lstm_golden);

static const GoldenTolerance float_tolerances[] = {
    {"loss", 5e-7},  {"outputs", 1e-6}, {"logits", 2e-6},
    {".bias", 3e-6}, {".weight", 4e-6}, {.ending = NULL},
};

static const GoldenModel model = {&lstm, "tests/golden/lstm/lstm.json", float_tolerances};

Test(lstm_golden, plain_kernels_give_the_language_model_values)
{
    golden_rig_language_model(&model, &kernels_plain);
}

Test(lstm_golden, fast_kernels_give_the_language_model_values)
{
    golden_rig_language_model(&model, &kernels_fast);
}

Test(lstm_golden, plain_kernels_give_the_classification_values)
{
    golden_rig_classification(&model, &kernels_plain);
}

Test(lstm_golden, fast_kernels_give_the_classification_values)
{
    golden_rig_classification(&model, &kernels_fast);
}
