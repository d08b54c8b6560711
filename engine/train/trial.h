/* A trial of pre-training: real updates of the stated size on made-up tokens, to see what a machine takes
 * for them before there is any data. */
#ifndef TRAIN_TRIAL_H
#define TRAIN_TRIAL_H

#include "train/pretrain.h"

/* A job of pre-training on random tokens, of which it takes all in every update; it has no folder. */
typedef struct TrialJob {
    PretrainJob job; /* borrows from here: do not move it */
    TokenFile tokens;
} TrialJob;

bool trial_make_job(TrialJob *trial, const PretrainSpec *spec, const SpecEntryChoice *model,
                    const Kernels *kernels, int n_text, Arena *arena, Error *err) MUST_USE;

typedef struct TrialReport {
    int updates;    /* run: as many as fit some seconds, one at least */
    double seconds; /* of the fastest update */
    size_t tokens;  /* an update */
    size_t n_parameters;
    size_t memory_bytes; /* as plans estimate it */
    double loss;         /* of the last update: near log(n_text), since the tokens are random */
} TrialReport;

/* At most `updates` updates, and no more once `seconds` have passed. */
bool trial_run(TrialReport *report, const PretrainSpec *spec, const SpecEntryChoice *model,
               const Kernels *kernels, int n_text, int updates, double seconds,
               Error *err) MUST_USE;

#endif
