/* A gpt in the library: OpenAIGPT (transformers, models/openai). Matrices are [in,out] in both. */
#ifndef MODEL_HUGGINGFACE_GPT_H
#define MODEL_HUGGINGFACE_GPT_H

#include "model/huggingface_family.h"

extern const HuggingfaceFamily huggingface_gpt;

#endif
