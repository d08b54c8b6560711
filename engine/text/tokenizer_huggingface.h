/* A tokenizer as Hugging Face's library opens it by AutoTokenizer: tokenizer.json with the rules of
 * tokenizer_rules.h, and the files beside it (tokenizer_config.json, special_tokens_map.json, vocab.json, merges.txt).
 *
 * Differs  <unk> stands for what fills up batches too, where no token that was added does; and where a text holds
 *          "<unk>" itself, the library takes it for the token */
#ifndef TEXT_TOKENIZER_HUGGINGFACE_H
#define TEXT_TOKENIZER_HUGGINGFACE_H

#include "text/tokenizer.h"

/* A token behind the tokenizer's own, which no text holds. */
typedef struct TokenizerAdded {
    const char *text;
    int id;
    const char *role; /* what the library knows it as: "cls_token"; NULL: as nothing */
} TokenizerAdded;

/* What stands around texts: first text last, or first text between second text, last. NULL: nothing there. */
typedef struct TokenizerFrame {
    const TokenizerAdded *first, *between, *last;
    int second_type; /* segment of what is behind `between` */
} TokenizerFrame;

typedef struct TokenizerExport {
    const Tokenizer *tokenizer; /* loaded from ... */
    const char *source;         /* ... this folder */
    int n_context;
    bool tells_segments; /* to the model */
    size_t n_added;
    const TokenizerAdded *added; /* by rising id */
    const TokenizerFrame *frame; /* of these; NULL: texts stand alone */
} TokenizerExport;

/* Into a folder that is there: byte-pair encoding in this form, and pieces that were taken over (WordPiece,
 * SentencePiece) as their files were, if no tokens stand behind them. */
bool tokenizer_huggingface_write(const char *folder, const TokenizerExport *tokenizer,
                                 Arena *scratch, Error *err) MUST_USE;

#endif
