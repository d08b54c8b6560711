/* A whole pre-training: updates in the training loop (training.h), held-out perplexity by document,
 * checkpoints at stated updates.
 *
 * The folder of a run holds, when complete: weights.safetensors (final),
 * checkpoint-NNNNNNN.safetensors for each stated update, curve.csv (one row an update),
 * held_out_curve.csv (one a checkpoint), held_out.csv (one a document), and, written last,
 * pretrain.json (sums). */
#ifndef TRAIN_PRETRAIN_RUN_H
#define TRAIN_PRETRAIN_RUN_H

#include "train/pretrain.h"

#define PRETRAIN_SUMS_FILE           "pretrain.json"
#define PRETRAIN_HELD_OUT_CURVE_FILE "held_out_curve.csv"

/* What both curves begin with, for whoever reads them, and the places of these columns. */
#define PRETRAIN_CURVE_COLUMNS          "update,tokens,loss"
#define PRETRAIN_HELD_OUT_CURVE_COLUMNS "update,tokens,perplexity"
enum { PRETRAIN_CURVE_UPDATE, PRETRAIN_CURVE_TOKENS, PRETRAIN_CURVE_LOSS };
enum {
    PRETRAIN_HELD_OUT_CURVE_UPDATE,
    PRETRAIN_HELD_OUT_CURVE_TOKENS,
    PRETRAIN_HELD_OUT_CURVE_PERPLEXITY
};

typedef struct PretrainSums {
    int64_t parameters;
    int64_t updates;               /* 0: the weights are published ones */
    int64_t tokens;                /* trained on */
    int64_t corpus_tokens;         /* that may be */
    int64_t held_out_tokens;       /* scored; 0: nothing is held out, nor known of it */
    double held_out_bits_per_byte; /* 0: not known */
    double held_out_perplexity;
    double seconds;
} PretrainSums;
extern const SpecTable pretrain_run_sums_table;

bool pretrain_run(const PretrainJob *job, Error *err) MUST_USE;

#endif
