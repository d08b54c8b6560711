/* Stage `finetune`: supervised fine-tuning of one task with one seed. Output: see train/finetune_run.h. */
#ifndef STAGES_STAGE_FINETUNE_H
#define STAGES_STAGE_FINETUNE_H

#include "stages/arithmetic.h"
#include "stages/stage_row.h"

typedef struct FinetuneDocument {
    SpecEntryChoice model;
    FinetuneSpec finetune;
    Arithmetic arithmetic;
    const char *data; /* hash of the task's content */
    int64_t seed;
} FinetuneDocument;

extern const StageRow stage_finetune;

StageTitle stage_finetune_title; /* "cola, full, seed 1" */

#endif
