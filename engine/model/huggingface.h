/* A model in a folder of Hugging Face's library: read, and written so that the library opens it. Which architecture it is,
 * config.json says; what it is there, its family (huggingface_family.h).
 *
 *   config.json         huggingface_config.h
 *   model.safetensors   the tensors of huggingface_names.h, or several files and model.safetensors.index.json
 *
 * Reading  names with and without the family's prefix; F32, F16 and BF16. What says nothing of the model is let pass (masks,
 *          positions, what predicts the next sentence), and so is a second name of a tensor if its values are the same: an
 *          output matrix that is the token table
 * Errors   tensors that are missing, too many, or of another shape than config.json says are told all at once */
#ifndef MODEL_HUGGINGFACE_H
#define MODEL_HUGGINGFACE_H

#include "model/huggingface_config.h"
#include "model/safetensors.h"
#include "model/tensors.h"

#define HUGGINGFACE_WEIGHTS_FILE "model.safetensors"

typedef struct HuggingfaceModel {
    const HuggingfaceFamily *family;
    const void *spec; /* of its architecture */
    int n_vocab;
    const char *folder;
    SafetensorsFile *files; /* mapped until the arena is reset */
    size_t n_files;
    bool has_pooler; /* of an architecture that has one */
} HuggingfaceModel;

/* Reads what the folder says of itself, and holds its tensors against it. */
bool huggingface_open(HuggingfaceModel *model, const char *folder, Arena *arena,
                      Error *err) MUST_USE;

/* Are its values finite numbers, all of them? Loading asks the same, but late. */
bool huggingface_check_values(const HuggingfaceModel *model, Error *err) MUST_USE;

/* Is it the model that these settings say? What shows in no shape of a tensor, too: its heads. */
bool huggingface_check(const HuggingfaceModel *model, const SpecEntryChoice *settings,
                       Error *err) MUST_USE;

/* Its values into a block of this table, that of the architecture for its spec, with its readout and its pooler or without.
 * Of a family that pads its vocabulary the table may have fewer rows. What may be missing, and is, stays as it was. */
bool huggingface_load(const HuggingfaceModel *model, const TensorTable *table, real *block,
                      Arena *scratch, Error *err) MUST_USE;

/* Whether a file of such a folder, by its name, decides the model. */
bool huggingface_is_content(const char *name);

/* Writes both files into a folder that is there, from a table with their names (huggingface_names.h,
 * huggingface_classifier.h). */
bool huggingface_save(const char *folder, const HuggingfaceConfig *config,
                      const TensorTable *theirs, real *block, Arena *scratch, Error *err) MUST_USE;

#endif
