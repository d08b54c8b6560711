/* A t5 in the library (transformers, models/t5), version 1.0: its softmax is tied. Key and value are tensors of their
 * own there. Its table may have more rows than the vocabulary has tokens (32,128 for 32,100), which no text reaches. */
#ifndef MODEL_HUGGINGFACE_T5_H
#define MODEL_HUGGINGFACE_T5_H

#include "model/huggingface_family.h"

extern const HuggingfaceFamily huggingface_t5;

#endif
