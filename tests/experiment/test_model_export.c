/* Heads as the library's: the same numbers, or those that follow from them. */
#include <criterion/criterion.h>
#include <string.h>

#include "../plan_rig.h"
#include "../scratch_folder.h"
#include "base/file.h"
#include "experiment/model_export.h"
#include "model/safetensors.h"

static Error err;

TestSuite(model_export, .init = plan_rig_begin, .fini = plan_rig_end);

enum { C = 16 };

#define RELATED                                                                                    \
    "{\"title\": \"How related?\", \"licence\": \"none\", \"form\": \"regression\", \"metric\": "  \
    "\"pearson\", \"target_low\": 1, \"target_high\": 4, \"generator\": {\"world\": "              \
    "\"storyworld\", \"part\": \"relatedness\", \"seed\": 1, \"train\": 16, \"validation\": 8, "   \
    "\"test\": 8}}"

static SafetensorsFile open_file(const char *folder, const char *name)
{
    SafetensorsFile file;
    const char *path = file_join(plan_rig_arena(), folder, name, &err);
    cr_assert(path && safetensors_open(&file, path, plan_rig_arena(), &err), "%s", err.text);
    return file;
}

/* The model of a bert of one task: as it was trained, and as it was exported. */
static void export_task(SafetensorsFile *ours, SafetensorsFile *theirs, const char *task)
{
    Plan plan = plan_rig_build(arena_format(
        plan_rig_arena(), &err,
        "\"tasks\": [\"%s\"], \"model\": {\"architecture\": \"bert\", \"n_layer\": 1, \"n_head\": "
        "2, \"n_channel\": 16, \"n_context\": 64}, \"pretrain\": {\"objective\": \"masked-lm\", "
        "\"tokens\": 500, \"checkpoints\": 1}, \"finetune\": {\"lm_coefficient\": 0, "
        "\"regression\": \"squared-error\", \"learning_rate\": 0.01}",
        task));
    plan_rig_run(&plan);
    const ModelExportChoice choice = {
        .model = {.task = task, .seed = -1},
        .folder = arena_text(plan_rig_arena(), scratch_folder_path("theirs"), &err)};
    cr_assert(model_export_write(&plan, &choice, plan_rig_arena(), &err), "%s", err.text);
    *ours = open_file(plan_rig_stage(&plan, "finetune")->folder, "weights.safetensors");
    *theirs = open_file(choice.folder, "model.safetensors");
}

static void read(float *values, const SafetensorsFile *file, const char *name, size_t n)
{
    const SafetensorsTensor *tensor = safetensors_find(file, name);
    cr_assert(tensor, "%s", name);
    cr_assert_eq(tensor->end_bytes - tensor->begin_bytes, n * sizeof *values, "%s", name);
    safetensors_floats(values, file, tensor, 0, n);
}

/* 1 + 3 z. */
Test(model_export, a_number_is_on_the_scale_of_its_data)
{
    SafetensorsFile ours, theirs;
    float weight[C], bias[1], number_weight[C], number_bias[1];
    plan_rig_use_dataset("tiny-related", RELATED);
    export_task(&ours, &theirs, "tiny-related");
    read(weight, &ours, "head.weight", C);
    read(bias, &ours, "head.bias", 1);
    read(number_weight, &theirs, "classifier.weight", C);
    read(number_bias, &theirs, "classifier.bias", 1);
    cr_expect_neq(bias[0], 0.0f);
    cr_expect_float_eq(number_bias[0], 1 + 3 * bias[0], 1e-6f);
    for (int c = 0; c < C; c++) cr_expect_float_eq(number_weight[c], 3 * weight[c], 1e-7f);
}

Test(model_export, a_choice_has_a_bias_of_zero)
{
    SafetensorsFile ours, theirs;
    float weight[C], their_weight[C], bias[1];
    export_task(&ours, &theirs, "tiny-ending");
    cr_expect_null(safetensors_find(&ours, "head.bias"));
    read(weight, &ours, "head.weight", C);
    read(their_weight, &theirs, "classifier.weight", C);
    read(bias, &theirs, "classifier.bias", 1);
    cr_expect_eq(bias[0], 0.0f);
    cr_expect_arr_eq(their_weight, weight, sizeof weight);
    cr_expect(strstr(scratch_folder_read("theirs/config.json"), "BertForMultipleChoice"));
}
