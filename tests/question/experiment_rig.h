/* A folder of experiments for one test, and a small table of settings that does not change when the real
 * one does. */
#ifndef TESTS_EXPERIMENT_RIG_H
#define TESTS_EXPERIMENT_RIG_H

#include "question/experiment_spec.h"

typedef struct RigModel {
    int64_t n_layer, n_head, n_unit;
    double dropout;
} RigModel;

typedef struct RigPretrain {
    bool present;
    int64_t tokens;
    double rate;
} RigPretrain;

typedef struct RigFinetune {
    int64_t epochs, transfer_layers;
    double lm_coefficient;
} RigFinetune;

typedef struct RigSettings {
    SpecEntryChoice model;
    RigPretrain pretrain;
    RigFinetune finetune;
} RigSettings;

extern const SpecTable experiment_rig_settings;

/* An empty experiments/ in a new temporary folder, which becomes the working folder, with the scale
 * "small" in it. */
void experiment_rig_begin(void);
void experiment_rig_end(void);

void experiment_rig_write(const char *path, const char *text); /* "experiments/x.json" */
Arena *experiment_rig_arena(void);

/* Loads at scale "small"; experiment_rig_load_well asserts that nothing is wrong. */
bool experiment_rig_load(Experiment *experiment, const char *name, Error *err);
Experiment experiment_rig_load_well(const char *name);
Experiment experiment_rig_load_text(const char *text); /* as experiments/x.json */

const RigSettings *experiment_rig_settings_of(const Experiment *experiment, size_t cell);
const RigModel *experiment_rig_model_of(const Experiment *experiment, size_t cell);

/* experiments/x.json with this text gives exactly this error, alone. */
void experiment_rig_expect_error(const char *text, const char *message);

#endif
