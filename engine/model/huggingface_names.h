/* The tensors of a gpt (model/gpt.h) under the names that Hugging Face's library gives them (transformers,
 * models/openai). Matrices are [in,out] in both, so that shapes and values are the same. */
#ifndef MODEL_HUGGINGFACE_NAMES_H
#define MODEL_HUGGINGFACE_NAMES_H

#include "model/tensors.h"

/* What stands before the names where a model has a head, as all that is written here. */
#define HUGGINGFACE_NAMES_PREFIX "transformer."

/* The same places of a block under their names, in the arena. What is not of the gpt itself (a task's head) is left
 * out. */
bool huggingface_names_table(TensorTable *theirs, const TensorTable *ours, Arena *arena,
                             Error *err) MUST_USE;

#endif
