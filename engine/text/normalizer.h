/* Text to words, by the rules of a tokenizer, with memory that is used again. */
#ifndef TEXT_NORMALIZER_H
#define TEXT_NORMALIZER_H

#include "text/cleanup.h"

struct Normalizer;

/* What makes words of a text. */
typedef struct NormalizerRules {
    /* Adds the words to `words`, which is empty, as are the other buffers. */
    bool (*run)(struct Normalizer *normalizer, const char *text, size_t size,
                CleanupEvidence evidence, Error *err);
    const void *settings; /* borrowed; NULL: these rules have none */
    /* A newline between words is the word "\n"; otherwise it parts them, no more. */
    bool has_newlines;
    bool needs_whole; /* the words of a document are not those of its pieces */
} NormalizerRules;

/* cleanup.h, standardize.h, splitter.h: for tokenizers that are learnt here. */
extern const NormalizerRules normalizer_own;

/* released_cleanup.h, standardize.h, released_splitter.h: as the released GPT-1 code. */
extern const NormalizerRules normalizer_released;

/* Changes with any change of the released rules: part of the stage keys of published tokenizers. */
enum { NORMALIZER_RELEASED_VERSION = 1 };

typedef struct Normalizer {
    const NormalizerRules *rules;
    Buffer clean, standard; /* the rules' own, for what is between text and words */
    Buffer words;           /* the result: words with one space between */
    Arena *scratch;         /* borrowed */
} Normalizer;

/* The buffers live in `arena`, which is not `scratch`. One normalizer serves one thread. */
Normalizer normalizer_create(const NormalizerRules *rules, Arena *arena, Arena *scratch);

/* Fills `words`, without newlines at the ends; `evidence` is that of the document of the text. */
bool normalizer_run(Normalizer *normalizer, const char *text, size_t size, CleanupEvidence evidence,
                    Error *err) MUST_USE;

/* The word at *at of the normalized words, moving *at behind it; false: no more. */
bool normalizer_next_word(const Normalizer *normalizer, size_t *at, const char **word,
                          size_t *size);

#endif
