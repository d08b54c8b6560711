/* Text to words: clean-up, standardization, splitting, with memory that is used again. */
#ifndef TEXT_NORMALIZER_H
#define TEXT_NORMALIZER_H

#include "text/cleanup.h"

typedef struct Normalizer {
    Buffer clean, standard;
    Buffer words;   /* the result: words with one space between; a newline is the word "\n" */
    Arena *scratch; /* borrowed */
} Normalizer;

/* The buffers live in `arena`, which is not `scratch`. One normalizer serves one thread. */
Normalizer normalizer_create(Arena *arena, Arena *scratch);

/* Fills `words`, without newlines at the ends; `evidence` is that of the document of the text. */
bool normalizer_run(Normalizer *normalizer, const char *text, size_t size, CleanupEvidence evidence,
                    Error *err) MUST_USE;

/* The word at *at of the normalized words, moving *at behind it; false: no more. */
bool normalizer_next_word(const Normalizer *normalizer, size_t *at, const char **word,
                          size_t *size);

#endif
