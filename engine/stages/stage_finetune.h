/* Stage `finetune`: supervised fine-tuning of one task with one seed. Output: see
 * train/finetune_run.h. */
#ifndef STAGES_STAGE_FINETUNE_H
#define STAGES_STAGE_FINETUNE_H

#include "experiment/plan.h"

Stage *stage_finetune_add(Plan *plan, const PlanCell *cell, const PlanTask *task, int64_t seed,
                          Error *err) MUST_USE;

/* The head of the task with a cell's settings. */
Head stage_finetune_head(const PlanTask *task, const Settings *settings);

/* The task's examples of one split as token sequences for the cell's model. Without the truth they are
 * refused, unless only a benchmark's server knows it. */
bool stage_finetune_sequences(Sequences *sequences, Tokenizer **tokenizer, const PlanTask *task,
                              DatasetSplit split, const Stage *tokenizer_stage,
                              const SpecEntryChoice *model, Arena *arena, Error *err) MUST_USE;

#endif
