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

bool pretrain_run(const PretrainJob *job, Error *err) MUST_USE;

#endif
