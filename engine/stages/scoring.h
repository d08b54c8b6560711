/* A fine-tuned model from the store, ready to score splits of its task. */
#ifndef STAGES_SCORING_H
#define STAGES_SCORING_H

#include "experiment/plan.h"
#include "task/sequences.h"
#include "train/score.h"

/* Which model, and for what. */
typedef struct ScoringModel {
    const PlanTask *task;
    const Settings *settings;
    const Kernels *kernels;
    const Stage *finetune, *tokenizer; /* done */
} ScoringModel;

enum { SCORING_MAX_SPLITS = N_SPLITS };

typedef struct Scoring {
    Learner learner;
    Packer packer;
    Sequences split[SCORING_MAX_SPLITS]; /* in the order asked for */
} Scoring;

/* Reads the splits and loads the weights. */
bool scoring_open(Scoring *scoring, const ScoringModel *model, const DatasetSplit *splits, int n,
                  Arena *arena, Error *err) MUST_USE;

/* Scores the i-th of the splits. */
bool scoring_run(Scores *scores, Scoring *scoring, int i, Arena *arena, Error *err) MUST_USE;

#endif
