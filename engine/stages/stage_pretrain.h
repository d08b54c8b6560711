/* Stage `pretrain`: generative pre-training. Output: see train/pretrain_run.h. */
#ifndef STAGES_STAGE_PRETRAIN_H
#define STAGES_STAGE_PRETRAIN_H

#include "stages/arithmetic.h"
#include "stages/stage_row.h"
#include "train/pretrain_run.h"

typedef struct PretrainDocument {
    SpecEntryChoice model;
    PretrainSpec pretrain;
    Arithmetic arithmetic;
    double held_out; /* share of documents not trained on */
} PretrainDocument;

extern const StageRow stage_pretrain;

/* The document of the pre-training among the inputs of a run. */
bool stage_pretrain_document(PretrainDocument *document, const StageRun *run, Error *err) MUST_USE;

/* What a finished one says of itself, checked. */
bool stage_pretrain_read(PretrainSums *sums, const Stage *stage, Arena *arena, Error *err) MUST_USE;

#endif
