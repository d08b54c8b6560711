/* A whole fine-tuning: updates in the training loop (training.h), a validation after every epoch, the
 * weights of the best one kept.
 *
 * The folder of a run holds, when complete: weights.safetensors (of the best epoch), curve.csv
 * (one row an update), epochs.csv (one row an epoch), and, written last, finetune.json (sums). */
#ifndef TRAIN_FINETUNE_RUN_H
#define TRAIN_FINETUNE_RUN_H

#include "train/finetune.h"

#define FINETUNE_SUMS_FILE   "finetune.json"
#define FINETUNE_EPOCHS_FILE "epochs.csv"

/* What both curves begin with, for whoever reads them, and the places of these columns. */
#define FINETUNE_CURVE_COLUMNS  "update,epoch,task_loss,lm_loss"
#define FINETUNE_EPOCHS_COLUMNS "update,epoch,train_loss,validation_loss,validation_score"
enum {
    FINETUNE_CURVE_UPDATE,
    FINETUNE_CURVE_EPOCH,
    FINETUNE_CURVE_TASK_LOSS,
    FINETUNE_CURVE_LM_LOSS
};
enum {
    FINETUNE_EPOCHS_UPDATE,
    FINETUNE_EPOCHS_EPOCH,
    FINETUNE_EPOCHS_TRAIN_LOSS,
    FINETUNE_EPOCHS_VALIDATION_LOSS,
    FINETUNE_EPOCHS_VALIDATION_SCORE
};

typedef struct FinetuneSums {
    int64_t parameters, updates;
    int64_t train_examples;      /* that were trained on */
    int64_t best_epoch;          /* whose weights were kept, from 0 */
    double validation_score;     /* of those */
    int64_t sequences;           /* of the whole training split */
    int64_t truncated_sequences; /* of these, that lost tokens */
    double seconds;
} FinetuneSums;
extern const SpecTable finetune_run_sums_table;

bool finetune_run(const FinetuneJob *job, Error *err) MUST_USE;

#endif
