/* How words become ids: the methods that a tokenizer can be of, found by name. */
#ifndef TEXT_TOKENIZER_METHOD_H
#define TEXT_TOKENIZER_METHOD_H

#include "base/document.h"
#include "base/tokenizer_files.h"
#include "spec/field.h"
#include "text/normalizer.h"

typedef struct Tokenizer Tokenizer; /* tokenizer.h; lives in the arena it was loaded into */

/* Tokens of a vocabulary that stand for no text; -1: it has none. */
typedef struct TokenizerSpecials {
    int unknown;    /* what is in no token: <unk>, [UNK] */
    int pad;        /* [PAD]; <pad>, with which T5's decoder begins */
    int begin, end; /* [CLS], [SEP]; <s>, </s> */
    int mask;       /* [MASK] */
    size_t n_sentinels;
    const int *sentinels; /* [n_sentinels] of T5: <extra_id_0>, <extra_id_1> ... */
} TokenizerSpecials;

/* A registry row. Adding a method is one file plus one row in tokenizer_methods.c. */
typedef struct TokenizerMethod {
    SpecEntry entry;
    TokenizerFiles files; /* the names of its files in the folder of a tokenizer */
    /* The data set whose files are the tokenizer, taken over by tokenizer_import; NULL: it is learnt from
     * text, by `train`. */
    const char *(*data)(const void *spec);
    /* Of pieces that were taken over: what Hugging Face's library calls their file where it is no tokenizer.json,
     * and the class that reads it; NULL: not written for it so. */
    const char *library_file, *library_class;
    int rules_version; /* of one that is taken over: changes with what it calls a word and an id */
    /* Learns from the documents and writes the method's files. */
    bool (*train)(const char *folder, const void *spec, const Documents *documents, Arena *scratch,
                  Error *err);
    /* Fills all that a tokenizer has (tokenizer_state.h) but its method. */
    bool (*load)(Tokenizer *tokenizer, const TokenizerFiles *files, Arena *arena, Error *err);
    /* Writes the ids of one normalized word, at most one for each byte, and how many they are. What it takes of
     * `scratch` it gives back. */
    bool (*encode_word)(int *ids, size_t *n, const void *state, const char *word, size_t size,
                        Arena *scratch, Error *err);
    /* Adds the text that n ids of the vocabulary stand for. */
    bool (*decode)(Buffer *text, const Tokenizer *tokenizer, const int *ids, size_t n, Error *err);
    /* Bytes that an id of the vocabulary adds to decoded text. */
    int (*token_bytes)(const Tokenizer *tokenizer, int id);
} TokenizerMethod;

extern const SpecRegistry tokenizer_methods; /* kind "method" */

#endif
