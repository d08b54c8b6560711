/* Weights on disk: safetensors, so that every tool of the field can open them. Always stored as F32.
 *
 * Loading is by name. A transfer may come from a model without some tensors of the table (the head), or
 * with fewer rows in the token table (no special tokens). */
#ifndef MODEL_WEIGHTS_H
#define MODEL_WEIGHTS_H

#include "base/json.h"
#include "model/tensors.h"

/* Further blocks of the same table may be stored beside the weights under a prefix ("adam.m."), so that a
 * checkpoint is one file. */
typedef struct WeightsBlock {
    const char *prefix; /* "" for the weights themselves */
    real *block;
} WeightsBlock;

/* `metadata`: an object of texts, safetensors' __metadata__; may be NULL. Atomic. In the double build
 * values are rounded to F32. */
bool weights_save(const char *path, const TensorTable *table, const WeightsBlock *blocks,
                  int n_blocks, const Json *metadata, Arena *scratch, Error *err) MUST_USE;

/* Every tensor of the table, exact shapes. *metadata (may be NULL) in the arena. */
bool weights_load(const char *path, const TensorTable *table, const WeightsBlock *blocks,
                  int n_blocks, Json **metadata, Arena *arena, Error *err) MUST_USE;

/* Transfer from a pre-trained file: tensors of layers 0..n_layers (embeddings are layer 0) are copied, and with the
 * deepest what stands on top of it, if the file has that (model/top.h);
 * a token table with fewer rows fills the first rows and leaves the rest; others stay as they are. */
bool weights_transfer(const char *path, const TensorTable *table, real *block, int n_layers,
                      Arena *scratch, Error *err) MUST_USE;

/* Freezes what weights_transfer takes of the same file: as tensors_freeze does, and what stands on top. */
bool weights_freeze(const char *path, TensorTable *table, int n_layers, size_t n_token_rows,
                    Arena *scratch, Error *err) MUST_USE;

#endif
