/* The words that the released code's splitter knew by heart (spaCy 2.0, English): what stays whole and what
 * is cut where, case by case. */
#ifndef TEXT_RELEASED_WORDS_H
#define TEXT_RELEASED_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum { RELEASED_WORDS_LONGEST = 12, RELEASED_WORDS_MOST_CUTS = 2 }; /* in bytes */

/* Where a listed word of n bytes is cut. */
typedef struct ReleasedCuts {
    size_t n;
    size_t at[RELEASED_WORDS_MOST_CUTS];
} ReleasedCuts;

/* false: the word is not listed. */
bool released_words_find(ReleasedCuts *cuts, const char *word, size_t n);

/* May stand right after a digit, as a word of its own: "km", "MB" but not "Mb". */
bool released_words_is_unit(const char *word, size_t n);

#endif
