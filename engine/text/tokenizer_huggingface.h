/* A tokenizer as Hugging Face's library opens it by AutoTokenizer: tokenizer.json with the rules of
 * tokenizer_rules.h, and the files beside it (tokenizer_config.json, special_tokens_map.json, vocab.json, merges.txt).
 *
 * Differs  <unk> stands for what fills up batches too, for want of a token that no text holds; and where a text holds
 *          "<unk>" itself, the library takes it for the token */
#ifndef TEXT_TOKENIZER_HUGGINGFACE_H
#define TEXT_TOKENIZER_HUGGINGFACE_H

#include "text/tokenizer.h"

/* Tokens behind the tokenizer's own that stand around texts: first text, or first text between second text, last. */
typedef struct TokenizerFrame {
    const char *first, *between, *last;
    int first_id, between_id, last_id;
} TokenizerFrame;

typedef struct TokenizerExport {
    const Tokenizer *tokenizer; /* loaded from ... */
    const char *source;         /* ... this folder */
    int n_context;
    const TokenizerFrame *frame; /* NULL: texts stand alone */
} TokenizerExport;

/* Into a folder that is there. Only byte-pair encoding has this form. */
bool tokenizer_huggingface_write(const char *folder, const TokenizerExport *tokenizer,
                                 Arena *scratch, Error *err) MUST_USE;

#endif
