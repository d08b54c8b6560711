/* The settings of a run: what a resolved (scale, experiment, variant, grid point) says about data, model
 * and training, read into structs by one field table. */
#ifndef EXPERIMENT_SETTINGS_H
#define EXPERIMENT_SETTINGS_H

#include "spec/field.h"
#include "train/finetune.h"
#include "train/pretrain.h"

typedef struct CorpusSpec {
    const char *data; /* data set of form "corpus" */
    double held_out;  /* share of documents kept for perplexity, chosen by hash of their names */
} CorpusSpec;

typedef struct Settings {
    CorpusSpec corpus;
    SpecEntryChoice tokenizer; /* of tokenizer_methods */
    SpecEntryChoice model;     /* of architectures */
    PretrainSpec pretrain;     /* not present: no pre-training */
    FinetuneSpec finetune;
} Settings;

extern const SpecTable settings_table;

#endif
