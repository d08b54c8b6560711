/* GPT-1's weights as its authors gave them out: one long vector in shards (numpy files that follow one another),
 * and a JSON list of the shapes that it is cut into. Order: positions [T,C], tokens [V,C], then of each block
 * attention.qkv, attention.projection (weight, bias each), attention_norm (gain, bias), mlp.widen, mlp.narrow
 * (weight, bias each), mlp_norm (gain, bias); matrices are [1,in,out], in and out as ours. */
#ifndef MODEL_OPENAI_GPT1_H
#define MODEL_OPENAI_GPT1_H

#include "model/tensors.h"

typedef struct OpenaiGpt1Files {
    const char *shapes;        /* params_shapes.json */
    const char *const *shards; /* [n] in their order */
    size_t n;
} OpenaiGpt1Files;

/* Fills a block of weights of architecture gpt. Errors name the file, the tensor and what does not fit, and leave the
 * block half filled. */
bool openai_gpt1_load(const TensorTable *table, real *block, const OpenaiGpt1Files *files,
                      Arena *scratch, Error *err) MUST_USE;

#endif
