/* config.json of a model of Hugging Face's library: the spec of an architecture in the words of its family
 * (huggingface_family.h).
 *
 * Errors  of reading name each member that is missing, out of range, or says what the architecture here is not; unknown
 *         members are let pass, as the library does */
#ifndef MODEL_HUGGINGFACE_CONFIG_H
#define MODEL_HUGGINGFACE_CONFIG_H

#include "base/json.h"
#include "model/huggingface_family.h"

#define HUGGINGFACE_CONFIG_FILE "config.json"

/* Tokens that the library asks for; -1: there is none. */
typedef struct HuggingfaceTokens {
    int64_t pad;   /* fills up batches */
    int64_t start; /* of what a decoder writes, and ... */
    int64_t end;   /* ... its end */
} HuggingfaceTokens;

typedef struct HuggingfaceConfig {
    const HuggingfaceFamily *family;
    const void *spec; /* the architecture's own struct */
    int64_t n_vocab;
    /* For writing only. */
    HuggingfaceHeadKind head;
    int n_labels;                   /* of HUGGINGFACE_HEAD_CLASSES */
    const char *const *label_names; /* of them, borrowed */
    bool tells_pairs;               /* a language model: whether a text follows another, too */
    HuggingfaceTokens tokens;
} HuggingfaceConfig;

/* The spec is in the arena. */
bool huggingface_config_read(HuggingfaceConfig *config, const char *path, Arena *arena,
                             Error *err) MUST_USE;
bool huggingface_config_write(const char *path, const HuggingfaceConfig *config, Arena *scratch,
                              Error *err) MUST_USE;

/* A field of these kinds in a spec. */
int64_t huggingface_config_count(const HuggingfaceField *field, const void *spec);
int huggingface_config_choice(const HuggingfaceField *field, const void *spec);

#endif
