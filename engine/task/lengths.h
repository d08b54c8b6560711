/* How long the sequences of a data set will be, before there is a tokenizer: for plans, not for numbers.
 *
 * A sample of the examples (task/sequences.h says what a sequence is) is standardized and counted in words,
 * letters beyond the fifth of each word, capitals and digits; how many tokens these come to depends on the
 * vocabulary, by rates that were measured (lengths.c). Counts are kept beside the downloads, under the
 * data set's hash, so that the data is read once. Data that is not here has the manifest's mean_tokens.
 *
 * Ownership  everything lives in the arena given to lengths_open */
#ifndef TASK_LENGTHS_H
#define TASK_LENGTHS_H

#include "data/dataset/dataset.h"

typedef struct LengthsCounts {
    int words, letters, capitals, digits;
} LengthsCounts;

typedef struct Lengths {
    size_t n;
    LengthsCounts *sequence; /* [n]; n is 0 where the data is not here */
    double stated;           /* tokens of a sequence by GPT-1's vocabulary; 0: unknown */
} Lengths;

/* Fetches nothing. Data that cannot be read counts as not here: whoever reads it in earnest says why. */
bool lengths_open(Lengths *lengths, const Dataset *dataset, Arena *arena, Error *err) MUST_USE;

/* The vocabulary that sequences will be cut by. */
typedef struct LengthsVocabulary {
    int n_tokens;
    bool own_words; /* learnt from a built-in world, whose few words become tokens */
} LengthsVocabulary;

/* Mean tokens of a sequence with `n_special` special ones, cut to the context; 0: unknown. */
double lengths_mean(const Lengths *lengths, LengthsVocabulary vocabulary, int n_special,
                    int n_context);

#endif
