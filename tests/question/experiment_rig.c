#include "experiment_rig.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static const SpecField gpt_fields[] = {
    SPEC_INT(RigModel, n_layer, SPEC_REQUIRED, 1, 64, "blocks"),
    SPEC_INT(RigModel, n_head, SPEC_REQUIRED, 1, 64, "heads"),
    SPEC_REAL(RigModel, dropout, 0.1, 0.0, 0.9, "drop probability"),
    SPEC_END,
};
static const SpecField lstm_fields[] = {
    SPEC_INT(RigModel, n_layer, 1, 1, 64, "layers"),
    SPEC_INT(RigModel, n_unit, SPEC_REQUIRED, 1, 64, "units"),
    SPEC_REAL(RigModel, dropout, 0.1, 0.0, 0.9, "drop probability"),
    SPEC_END,
};
static const SpecTable gpt_table = {"gpt", sizeof(RigModel), gpt_fields, NULL};
static const SpecTable lstm_table = {"lstm", sizeof(RigModel), lstm_fields, NULL};
static const SpecEntry gpt = {"gpt", "a Transformer", &gpt_table};
static const SpecEntry lstm = {"lstm", "a recurrent network", &lstm_table};
static const SpecEntry *const models[] = {&gpt, &lstm, NULL};
static const SpecRegistry registry = {"architecture", models};

static const SpecField pretrain_fields[] = {
    SPEC_INT(RigPretrain, tokens, SPEC_REQUIRED, 1, 1000, "tokens"),
    SPEC_REAL(RigPretrain, rate, 0.5, 0.0, 1.0, "rate"),
    SPEC_END,
};
static const SpecTable experiment_rig_pretrain = {"pretrain", sizeof(RigPretrain), pretrain_fields,
                                                  NULL};

static const SpecField finetune_fields[] = {
    SPEC_INT(RigFinetune, epochs, 3, 1, 100, "epochs"),
    SPEC_INT_OR(RigFinetune, transfer_layers, "all", -1, -1, 0, 64, "layers"),
    SPEC_REAL(RigFinetune, lm_coefficient, 0.5, 0.0, 1.0, "lambda"),
    SPEC_END,
};
static const SpecTable experiment_rig_finetune = {"finetune", sizeof(RigFinetune), finetune_fields,
                                                  NULL};

static const SpecField settings_fields[] = {
    SPEC_ENTRY(RigSettings, model, &registry, "network"),
    SPEC_OPTIONAL(RigSettings, pretrain, &experiment_rig_pretrain, "pre-training"),
    SPEC_STRUCT(RigSettings, finetune, &experiment_rig_finetune, "fine-tuning"),
    SPEC_END,
};
const SpecTable experiment_rig_settings = {"settings", sizeof(RigSettings), settings_fields, NULL};

static Arena *arena;
static char folder[] = "/tmp/reprise-experiment-XXXXXX";

void experiment_rig_begin(void)
{
    Error err = {0};
    arena = arena_create("rig", &err);
    cr_assert(arena);
    cr_assert(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    experiment_rig_write(
        "experiments/scales/small.json",
        "{\"format\": 1, \"title\": \"small\", \"tasks\": [\"cola\", \"sst2\"], \"seeds\": 2,"
        " \"model\": {\"architecture\": \"gpt\", \"n_layer\": 4, \"n_head\": 2},"
        " \"pretrain\": {\"tokens\": 100},"
        " \"alternatives\": {\"model\": {\"lstm\": {\"n_layer\": 1, \"n_unit\": 8}}}}");
}

void experiment_rig_end(void)
{
    Error err = {0};
    cr_assert(file_remove_tree(folder, &err), "%s", err.text);
    arena_destroy(arena);
}

Arena *experiment_rig_arena(void)
{
    return arena;
}

void experiment_rig_write(const char *path, const char *text)
{
    Error err = {0};
    cr_assert(file_write(path, text, strlen(text), &err), "%s", err.text);
}

bool experiment_rig_load(Experiment *experiment, const char *name, Error *err)
{
    *err = (Error){0};
    return experiment_load_with(experiment, &experiment_rig_settings, name, "small", "experiments",
                                arena, err);
}

Experiment experiment_rig_load_well(const char *name)
{
    Error err;
    Experiment experiment;
    cr_assert(experiment_rig_load(&experiment, name, &err), "%s", err.text);
    cr_assert_eq(err.n_errors, 0, "%s", err.text);
    return experiment;
}

Experiment experiment_rig_load_text(const char *text)
{
    experiment_rig_write("experiments/x.json", text);
    return experiment_rig_load_well("x");
}

const RigSettings *experiment_rig_settings_of(const Experiment *experiment, size_t cell)
{
    cr_assert_lt(cell, experiment->n_cells);
    return (const RigSettings *)(const void *)experiment->cells[cell].settings;
}

const RigModel *experiment_rig_model_of(const Experiment *experiment, size_t cell)
{
    return experiment_rig_settings_of(experiment, cell)->model.spec;
}

void experiment_rig_expect_error(const char *text, const char *message)
{
    Error err;
    Experiment experiment;
    experiment_rig_write("experiments/x.json", text);
    cr_expect_not(experiment_rig_load(&experiment, "x", &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect_str_eq(err.text, message);
}
