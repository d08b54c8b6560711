/* config.json of an OpenAIGPT model of Hugging Face's library (model_type "openai-gpt"): the spec of a gpt in their
 * words.
 *
 * Errors  of reading name each member that is missing, out of range, or says what a gpt here is not; unknown members
 *         are let pass, as the library does */
#ifndef MODEL_HUGGINGFACE_CONFIG_H
#define MODEL_HUGGINGFACE_CONFIG_H

#include "base/json.h"
#include "model/gpt_spec.h"

#define HUGGINGFACE_CONFIG_FILE "config.json"

typedef struct HuggingfaceConfig {
    GptSpec spec;
    int64_t n_vocab;
    int n_labels;                   /* 0: a language model */
    const char *const *label_names; /* of them, borrowed; for writing only */
    int64_t pad_token;              /* for writing only */
} HuggingfaceConfig;

bool huggingface_config_read(HuggingfaceConfig *config, const char *path, Arena *arena,
                             Error *err) MUST_USE;
bool huggingface_config_write(const char *path, const HuggingfaceConfig *config, Arena *scratch,
                              Error *err) MUST_USE;

#endif
