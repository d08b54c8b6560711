/* A whole fine-tuning: updates in the training loop (training.h), a validation after every epoch, the
 * weights of the best one kept.
 *
 * The folder of a run holds, when complete: weights.safetensors (of the best epoch), curve.csv
 * (one row an update), epochs.csv (one row an epoch), and, written last, finetune.json (sums). */
#ifndef TRAIN_FINETUNE_RUN_H
#define TRAIN_FINETUNE_RUN_H

#include "train/finetune.h"

bool finetune_run(const FinetuneJob *job, Error *err) MUST_USE;

#endif
