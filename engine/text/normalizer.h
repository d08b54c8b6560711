/* Text to words: clean-up, standardization, splitting, with memory that is used again. */
#ifndef TEXT_NORMALIZER_H
#define TEXT_NORMALIZER_H

#include "text/cleanup.h"

/* Which rules make words of a text. */
typedef enum NormalizerRules {
    NORMALIZER_OWN,      /* cleanup.h, splitter.h: for tokenizers that are learnt here */
    NORMALIZER_RELEASED, /* released_cleanup.h, released_splitter.h: as the released GPT-1 code */
} NormalizerRules;

/* Changes with any change of the released rules: part of the stage keys of published tokenizers. */
enum { NORMALIZER_RELEASED_VERSION = 1 };

typedef struct Normalizer {
    NormalizerRules rules;
    Buffer clean, standard;
    Buffer words;   /* the result: words with one space between; a newline is the word "\n" */
    Arena *scratch; /* borrowed */
} Normalizer;

/* The buffers live in `arena`, which is not `scratch`. One normalizer serves one thread. */
Normalizer normalizer_create(NormalizerRules rules, Arena *arena, Arena *scratch);

/* Fills `words`, without newlines at the ends; `evidence` is that of the document of the text. */
bool normalizer_run(Normalizer *normalizer, const char *text, size_t size, CleanupEvidence evidence,
                    Error *err) MUST_USE;

/* The word at *at of the normalized words, moving *at behind it; false: no more. */
bool normalizer_next_word(const Normalizer *normalizer, size_t *at, const char **word,
                          size_t *size);

#endif
