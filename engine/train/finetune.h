/* What a supervised fine-tuning is told (GPT-1, sections 3.2 and 4.1): its settings, the examples, the
 * head. finetune_step.h makes one update of it, finetune_run.h runs it whole. */
#ifndef TRAIN_FINETUNE_H
#define TRAIN_FINETUNE_H

#include "learner/learner.h"
#include "task/metric.h"
#include "task/sequences.h"
#include "train/optimizer.h"

typedef struct FinetuneSpec {
    int precision; /* Precision */
    int64_t epochs;
    int64_t batch; /* examples an update */
    double learning_rate;
    int schedule;          /* Schedule */
    double warmup;         /* share of the updates */
    double lm_coefficient; /* lambda */
    double classifier_dropout;
    int64_t transfer_layers;    /* blocks taken from pre-training; more than there are: all */
    bool freeze_transferred;    /* what came from pre-training stays as it is */
    int64_t train_examples;     /* at most this many, chosen by RNG_SUBSET; 0: all */
    int64_t micro_batch_tokens; /* tokens a pass; gradients are summed over passes */
    int regression;             /* HeadRegression */
    AdamSpec adam;
    AdafactorSpec adafactor; /* if present, in the place of adam */
} FinetuneSpec;
extern const SpecTable finetune_table;

enum { FINETUNE_NUMERICS_VERSION = 4 };

typedef struct FinetuneJob {
    const FinetuneSpec *spec;
    const SpecEntryChoice *model;
    const Kernels *kernels;
    const char *pretrained;              /* weights.safetensors; NULL: from scratch */
    const Sequences *train, *validation; /* neither empty, all labelled */
    Head head;                           /* head_of the task */
    TextTokens text;                     /* the tokenizer's tokens */
    const Metric *metric;
    uint64_t seed;
    const char *title;  /* "cola, seed 1", for progress */
    const char *folder; /* exists; may hold an interrupted run */
} FinetuneJob;

#endif
