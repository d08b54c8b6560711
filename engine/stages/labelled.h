/* The rows of a labelled task, as token sequences and with a head for a model. */
#ifndef STAGES_LABELLED_H
#define STAGES_LABELLED_H

#include "data/dataset/dataset.h"
#include "model/architecture.h"
#include "task/head.h"
#include "task/sequences.h"

/* The head of a task for a model; `regression` is a HeadRegression, as settings of fine-tuning have it. */
Head labelled_head(const DatasetInfo *info, int regression, const SpecEntryChoice *model);

/* Examples of a data set, whoever has them, as the model reads them. */
bool labelled_encode(Sequences *sequences, const Examples *examples, const DatasetInfo *info,
                     const Tokenizer *tokenizer, const SpecEntryChoice *model, Arena *arena,
                     Error *err) MUST_USE;

/* The examples of one split. Without the truth they are refused, unless only a benchmark's server knows
 * it. */
bool labelled_sequences(Sequences *sequences, const Dataset *dataset, DatasetSplit split,
                        const Tokenizer *tokenizer, const SpecEntryChoice *model, Arena *arena,
                        Error *err) MUST_USE;

#endif
