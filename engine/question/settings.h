/* The settings of a run: what a resolved (scale, experiment, variant, grid point) says about data, model
 * and training, read into structs by one field table. */
#ifndef QUESTION_SETTINGS_H
#define QUESTION_SETTINGS_H

#include "spec/field.h"
#include "train/finetune.h"
#include "train/pretrain.h"

typedef struct CorpusSpec {
    const char *data; /* data set of form "corpus" */
    double held_out;  /* share of documents kept for perplexity, chosen by hash of their names */
} CorpusSpec;

/* What is measured on the pre-trained language model, or on the architecture (experiment_spec.h,
 * ExperimentMeasure). */
typedef struct ProbeSpec {
    /* Numbers of preceding tokens; those above the model's context are left out. */
    IntList context_windows;
    int64_t context_targets; /* predicted tokens a held-out document */
    IntList rate_lengths;    /* tokens a sequence */
    int64_t rate_tokens;     /* an update */
    int64_t rate_timings;    /* timed updates a length */
} ProbeSpec;

typedef struct Settings {
    CorpusSpec corpus;
    SpecEntryChoice tokenizer; /* of tokenizer_methods */
    SpecEntryChoice model;     /* of architectures */
    PretrainSpec pretrain;     /* not present: no pre-training */
    FinetuneSpec finetune;
    ProbeSpec probe;
} Settings;

extern const SpecTable settings_table;

/* Whether its language model is asked, too, whether a text follows another. */
bool settings_tells_pairs(const Settings *settings);

/* Whether a cell with these begins from a language model. */
bool settings_pretrains(const Settings *settings);

#endif
