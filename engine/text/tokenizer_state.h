/* What a loaded tokenizer holds; for the files of tokenizer_*.c and the methods only. */
#ifndef TEXT_TOKENIZER_STATE_H
#define TEXT_TOKENIZER_STATE_H

#include "text/tokenizer_method.h"
#include "text/vocabulary.h"

struct Tokenizer {
    const TokenizerMethod *method;
    const NormalizerRules *rules; /* what it calls a word */
    Vocabulary vocabulary;
    TokenizerSpecials specials;
    const void *state; /* the method's own */
};

#endif
