/* Byte-pair encoding as a tokenizer method: the row of the registry (tokenizer_methods.c). */
#ifndef TEXT_BPE_METHOD_H
#define TEXT_BPE_METHOD_H

#include "text/tokenizer_method.h"

#define BPE_METHOD_MERGES_FILE "merges.bpe"

/* The method's own fields. */
typedef struct BpeSpec {
    int64_t merges; /* merges to learn; GPT-1: 40,000 */
} BpeSpec;

extern const TokenizerMethod bpe_method;

#endif
