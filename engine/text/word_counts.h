/* How often each word occurs in documents: what a tokenizer is trained on. */
#ifndef TEXT_WORD_COUNTS_H
#define TEXT_WORD_COUNTS_H

#include <stdint.h>
#include "base/arena.h"
#include "base/document.h"

typedef struct WordCount {
    const char *word; /* not zero-terminated */
    size_t size;
    uint64_t count;
} WordCount;

typedef struct WordCounts {
    size_t n;
    WordCount *items; /* by byte order of the word: the same for any number of threads */
} WordCounts;

/* Counts with all threads, in the arena. */
bool word_counts_collect(WordCounts *counts, const Documents *documents, Arena *arena,
                         Error *err) MUST_USE;

#endif
