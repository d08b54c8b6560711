/* The states of a language model that a finished pre-training left, from the untrained one on; of published weights the
 * one there is. */
#ifndef TRAIN_MILESTONES_H
#define TRAIN_MILESTONES_H

#include "train/pretrain.h"

typedef struct Milestone {
    int64_t update, tokens; /* done and trained on so far; 0: initial weights */
    const char *weights;    /* file; NULL: initial weights */
} Milestone;

typedef struct Milestones {
    size_t n;
    Milestone *items; /* by update */
} Milestones;

/* The name of the file with the weights after so many updates. */
char *milestones_file(int64_t update, Arena *arena, Error *err) MUST_USE;

/* Reads the folder of pretrain_run: its checkpoints, and before them the initial model, of which no file is
 * needed: its weights are a function of the seed. */
bool milestones_read(Milestones *milestones, const char *folder, Arena *arena, Error *err) MUST_USE;

/* How many there will be. */
int64_t milestones_expected(const PretrainSpec *spec, const SpecEntryChoice *model);

/* Puts the weights of a milestone into a learner without a head. */
bool milestones_load(Learner *learner, const Milestone *milestone, const PretrainSpec *spec,
                     Arena *scratch, Error *err) MUST_USE;

#endif
