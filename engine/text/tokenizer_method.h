/* How words become ids: the methods that a tokenizer can be of, found by name. */
#ifndef TEXT_TOKENIZER_METHOD_H
#define TEXT_TOKENIZER_METHOD_H

#include "base/document.h"
#include "spec/field.h"
#include "text/normalizer.h"

struct Vocabulary;

/* A registry row. Adding a method is one file plus one row in tokenizer_methods.c. */
typedef struct TokenizerMethod {
    SpecEntry entry;
    NormalizerRules rules; /* what it calls a word */
    /* The data set whose files are the tokenizer, taken over by tokenizer_import; NULL: it is learnt from
     * text, by `train`. */
    const char *(*data)(const void *spec);
    /* Learns from the documents and writes vocabulary.json and the method's own files. */
    bool (*train)(const char *folder, const void *spec, const Documents *documents, Arena *scratch,
                  Error *err);
    /* The method's own state, read from the folder; NULL: failed. */
    void *(*load)(const char *folder, const struct Vocabulary *vocabulary, Arena *arena,
                  Error *err);
    /* The ids of one normalized word, at most one for each byte; returns how many. */
    size_t (*encode_word)(int *ids, const void *state, const char *word, size_t size);
} TokenizerMethod;

extern const SpecRegistry tokenizer_methods; /* kind "method" */

#endif
