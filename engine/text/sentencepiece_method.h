/* Unigram models of SentencePiece as published with T5, as a method: nothing is learnt, its files are a data set of
 * form "tokenizer". Read are spiece.model, with tokenizer_config.json beside it for extra_ids (so many tokens
 * <extra_id_N> stand behind the pieces, the last one first; none: no such tokens), or tokenizer.json alone. */
#ifndef TEXT_SENTENCEPIECE_METHOD_H
#define TEXT_SENTENCEPIECE_METHOD_H

#include "text/tokenizer_method.h"

extern const TokenizerMethod sentencepiece_method;

#endif
