/* What a spec says of a gpt (model/gpt.h). */
#ifndef MODEL_GPT_SPEC_H
#define MODEL_GPT_SPEC_H

#include <stdint.h>

typedef struct GptSpec {
    int64_t n_layer;
    int64_t n_head;
    int64_t n_channel;
    int64_t n_context;
    double dropout; /* embeddings and residual branches */
    double attention_dropout;
} GptSpec;

#endif
