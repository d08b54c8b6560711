/* WordPiece vocabularies as published with BERT, as a method: nothing is learnt, its files are a data set of form
 * "tokenizer". Read are vocab.txt, one piece a line, with tokenizer_config.json beside it for what is done to text
 * (none: lower case without accents), or tokenizer.json alone. */
#ifndef TEXT_WORDPIECE_METHOD_H
#define TEXT_WORDPIECE_METHOD_H

#include "text/tokenizer_method.h"

extern const TokenizerMethod wordpiece_method;

#endif
