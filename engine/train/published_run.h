/* Published weights in the place of a pre-training: read, measured on documents that are held out, and left as a
 * pre-training leaves its own (pretrain_run.h), but for what only training has: no checkpoints and no curves. */
#ifndef TRAIN_PUBLISHED_RUN_H
#define TRAIN_PUBLISHED_RUN_H

#include "train/pretrain_run.h"

/* Fills the weights of a model that is made for them. */
typedef bool PublishedLoad(const void *source, const TensorTable *table, real *weights,
                           Arena *scratch, Error *err);

typedef struct PublishedWeights {
    PublishedLoad *load;
    const void *source;
    bool has_pooler; /* which is kept for tasks, though nothing of a language model needs it */
} PublishedWeights;

/* Of the job's settings the precision alone is used. */
bool published_run(const PretrainJob *job, const PublishedWeights *published, Error *err) MUST_USE;

#endif
