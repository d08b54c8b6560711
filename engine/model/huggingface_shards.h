/* The files that hold the tensors of a folder of Hugging Face's library: model.safetensors, or those that
 * model.safetensors.index.json names. */
#ifndef MODEL_HUGGINGFACE_SHARDS_H
#define MODEL_HUGGINGFACE_SHARDS_H

#include "model/safetensors.h"

/* Opens all of them. Every tensor must be in the file that the index says, and no tensor in two. */
bool huggingface_shards_open(SafetensorsFile **files, size_t *n, const char *folder, Arena *arena,
                             Error *err) MUST_USE;

#endif
