/* The word lists of splitter.c, all in lower case. */
#ifndef TEXT_SPLITTER_WORDS_H
#define TEXT_SPLITTER_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Kept in one piece although a rule would split them: abbreviations with their period, words with an
 * apostrophe at an end, clitics, quotation marks of two characters. */
bool splitter_words_keeps(const char *word, size_t size);

/* Units that come off a number. */
bool splitter_words_is_unit(const char *word, size_t size);

/* Both lists whole, for whoever says the same rules in another form. */
const char *const *splitter_words_kept(size_t *n);
const char *const *splitter_words_units(size_t *n);

/* Where a word splits into two ("can" "not"); 0: it does not. */
size_t splitter_words_cut(const char *word, size_t size);

enum { SPLITTER_WORDS_LONGEST = 12 }; /* no word of the lists is longer, in bytes */

#endif
