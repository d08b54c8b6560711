/* A fine-tuned model from the store, ready to score splits of its task. */
#ifndef STAGES_SCORING_H
#define STAGES_SCORING_H

#include "measure/score.h"
#include "stages/stage_finetune.h"
#include "task/sequences.h"

/* Which model, and for what. Its architecture and its head are what it was fine-tuned with. */
typedef struct ScoringModel {
    const Dataset *task;
    const Kernels *kernels;
    const Stage *finetune, *tokenizer; /* done */
} ScoringModel;

enum { SCORING_MAX_SPLITS = N_SPLITS };

typedef struct Scoring {
    FinetuneDocument made_from;
    Learner learner;
    Packer packer;
    Sequences split[SCORING_MAX_SPLITS]; /* in the order asked for */
} Scoring;

/* Reads the splits and loads the weights. */
bool scoring_open(Scoring *scoring, const ScoringModel *model, const DatasetSplit *splits, int n,
                  Arena *arena, Error *err) MUST_USE;

/* The same of examples that are at hand, in the place of one split. */
bool scoring_open_examples(Scoring *scoring, const ScoringModel *model, const Examples *examples,
                           Arena *arena, Error *err) MUST_USE;

/* Scores the i-th of the splits. */
bool scoring_run(Scores *scores, Scoring *scoring, int i, Arena *arena, Error *err) MUST_USE;

#endif
