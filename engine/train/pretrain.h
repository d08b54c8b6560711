/* Generative pre-training (GPT-1, sections 3.1 and 4.1): mini-batches of contiguous windows,
 * gradient accumulation over micro-batches, Adam with warm-up and cosine, held-out perplexity by
 * document, checkpoints at stated updates, and exact resume.
 *
 * The folder of a run holds, when complete: weights.safetensors (final),
 * checkpoint-NNNNNNN.safetensors for each stated update, curve.csv (one row an update),
 * held_out_curve.csv (one a checkpoint), held_out.csv (one a document), and, written last,
 * pretrain.json (sums). While it runs, resume.safetensors holds weights and moments, the curves
 * the rows up to it. Cut off at any point and run again, it ends in the same bits. */
#ifndef TRAIN_PRETRAIN_H
#define TRAIN_PRETRAIN_H

#include "text/token_file.h"
#include "train/learner.h"

typedef struct PretrainSpec {
    bool present;        /* "pretrain": null means none */
    int64_t tokens;      /* to train on, repeats counted */
    int64_t batch;       /* sequences an update */
    int64_t micro_batch; /* sequences a pass; the gradient is summed over passes */
    double learning_rate;
    int schedule; /* Schedule */
    int64_t warmup_updates;
    AdamSpec adam;
    int64_t seed;
    int64_t checkpoints; /* stated updates: this many, evenly spaced, the last is the end */
    int64_t save_every;  /* updates between resume points; changes no number */
} PretrainSpec;
extern const SpecTable pretrain_table;

/* Changes whenever the same spec would give other numbers: part of the stage's key. */
enum { PRETRAIN_NUMERICS_VERSION = 1 };

typedef struct PretrainJob {
    const PretrainSpec *spec;
    const SpecEntryChoice *model;
    const Kernels *kernels;
    const TokenFile *tokens;
    const bool *held_out; /* [n_documents] */
    int n_vocab;
    const int *token_bytes; /* [n_vocab] that each token stands for; NULL: not known */
    const char *folder;     /* exists; may hold an interrupted run */
} PretrainJob;

bool pretrain_run(const PretrainJob *job, Error *err) MUST_USE;

/* Updates that the spec asks for. */
int64_t pretrain_updates(const PretrainSpec *spec, int n_context);

/* How a learner for this job is set up: plans estimate memory with it. */
LearnerSetup pretrain_setup(const PretrainSpec *spec, const SpecEntryChoice *model,
                            const Kernels *kernels, int n_vocab);

#endif
