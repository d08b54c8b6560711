/* A gpt in a folder of Hugging Face's library: read, and written so that the library opens it.
 *
 *   config.json         huggingface_config.h
 *   model.safetensors   the tensors of huggingface_names.h, or several files and model.safetensors.index.json
 *
 * Reading  names with and without "transformer." before them; F32, F16 and BF16. Buffers of the attention's mask
 *          ("h.I.attn.bias") are no weights, nor is an output matrix that is the token table itself
 * Errors   tensors that are missing, too many, or of another shape than config.json says are told all at once */
#ifndef MODEL_HUGGINGFACE_H
#define MODEL_HUGGINGFACE_H

#include "model/huggingface_config.h"
#include "model/safetensors.h"
#include "model/tensors.h"

#define HUGGINGFACE_WEIGHTS_FILE "model.safetensors"

typedef struct HuggingfaceModel {
    GptSpec spec;
    int n_vocab;
    const char *folder;
    SafetensorsFile *files; /* mapped until the arena is reset */
    size_t n_files;
} HuggingfaceModel;

/* Reads what the folder says of itself, and holds its tensors against it. */
bool huggingface_open(HuggingfaceModel *model, const char *folder, Arena *arena,
                      Error *err) MUST_USE;

/* Its values into a block of this table, that of gpt_weights for its spec and vocabulary. */
bool huggingface_load(const HuggingfaceModel *model, const TensorTable *table, real *block,
                      Arena *scratch, Error *err) MUST_USE;

/* Whether a file of such a folder, by its name, decides the model. */
bool huggingface_is_content(const char *name);

/* Writes both files into a folder that is there, from a table with their names (huggingface_names.h,
 * huggingface_classifier.h). */
bool huggingface_save(const char *folder, const HuggingfaceConfig *config,
                      const TensorTable *theirs, real *block, Arena *scratch, Error *err) MUST_USE;

#endif
