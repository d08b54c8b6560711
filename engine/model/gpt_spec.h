/* What a spec says of a gpt (model/gpt.h), and of others of the same blocks. */
#ifndef MODEL_GPT_SPEC_H
#define MODEL_GPT_SPEC_H

#include <stdint.h>

typedef enum GptGelu {
    GPT_GELU_TANH, /* its approximation (kernels/gelu.h) */
    GPT_GELU_ERF,
} GptGelu;

typedef struct GptSpec {
    int64_t n_layer;
    int64_t n_head;
    int64_t n_channel;
    int64_t n_context;
    double dropout; /* embeddings and residual branches */
    double attention_dropout;
    int gelu; /* GptGelu; of architectures that leave it open, else tanh */
} GptSpec;

#endif
