/* A published tokenizer as a method: nothing is learnt, its two files are a data set of form
 * "tokenizer" (datasets/gpt1-bpe.json: the paper's own 40,000 merges). */
#ifndef TEXT_PUBLISHED_METHOD_H
#define TEXT_PUBLISHED_METHOD_H

#include "text/tokenizer_method.h"

extern const TokenizerMethod published_method;

#endif
