/* A resume point: weights, the moments of the optimizer, and where the run stood, in one safetensors file.
 * There is no generator state to save: random numbers are functions of seed and update. */
#ifndef TRAIN_CHECKPOINT_H
#define TRAIN_CHECKPOINT_H

#include "learner/learner.h"

typedef struct Checkpoint {
    int64_t update; /* updates done */
    int64_t tokens; /* trained on so far */
    double seconds; /* spent so far, for provenance */
    double best;    /* fine-tuning: best validation score so far, and its epoch */
    int64_t best_epoch;
    double epoch_loss; /* fine-tuning: of the epoch of the last update, so far */
} Checkpoint;

bool checkpoint_save(const char *path, const Learner *learner, const Checkpoint *checkpoint,
                     Arena *scratch, Error *err) MUST_USE;
bool checkpoint_load(Checkpoint *checkpoint, const char *path, Learner *learner, Arena *scratch,
                     Error *err) MUST_USE;

#endif
