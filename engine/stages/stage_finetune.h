/* Stage `finetune`: supervised fine-tuning of one task with one seed. Output: see train/finetune_run.h. */
#ifndef STAGES_STAGE_FINETUNE_H
#define STAGES_STAGE_FINETUNE_H

#include "stages/arithmetic.h"
#include "stages/stage_row.h"
#include "train/finetune_run.h"

typedef struct FinetuneDocument {
    SpecEntryChoice model;
    FinetuneSpec finetune;
    Arithmetic arithmetic;
    const char *data; /* hash of the task's content */
    int64_t seed;
} FinetuneDocument;

extern const StageRow stage_finetune;

StageTitle stage_finetune_title; /* "cola, full, seed 1" */

/* What a finished one says of itself, checked. */
bool stage_finetune_read(FinetuneSums *sums, const Stage *stage, Arena *arena, Error *err) MUST_USE;

#endif
