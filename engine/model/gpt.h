/* The decoder-only Transformer of the paper (GPT-1, sections 3.1 and 4.1): post-LN blocks, learned
 * positions, tied softmax, no final layer norm.
 *
 *   h = dropout(We[token] + Wp[position])
 *   n = LN1(h + dropout(attention(h)));   h = LN2(n + dropout(mlp(n)))
 *
 * 116,534,784 parameters at the paper's size (40,478 tokens). */
#ifndef MODEL_GPT_H
#define MODEL_GPT_H

#include "model/architecture.h"

typedef struct GptSpec {
    int64_t n_layer;
    int64_t n_head;
    int64_t n_channel;
    int64_t n_context;
    double dropout;            /* embeddings and residual branches */
    double attention_dropout;
} GptSpec;

extern const Architecture gpt;

#endif
