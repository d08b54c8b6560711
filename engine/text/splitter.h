/* English words, split by rule in the spirit of spaCy's tokenizer (which the paper used), and
 * lower-cased. Each stretch between spaces is taken apart from both ends until nothing more comes off:
 *
 *   kept whole       single characters; runs of . - ~ / | \; abbreviations with their period ("mr.",
 *                    "u.s.", "e.g.", initials "j." but not "i."); listed words with an apostrophe
 *                    ("o'clock", "'em", "'tis"); clitics that were split before ("n't", "'ll"); `` ''
 *   off the front    punctuation and symbols, one by one; apostrophes; runs of periods
 *   off the end      the same; the final period; clitics 's 'm 'd 'll 're 've n't ("ca n't"); units
 *                    after a number ("10 km", "5 pm")
 *   inside           runs of periods; a period between a small and a capital letter; a hyphen, comma,
 *                    colon, '=', '<', '>', '/', '"' between letters; $, pound and euro before a digit;
 *                    guillemets; "can not", "gon na", "got ta"
 *
 * Numbers keep their commas, periods and colons inside (after standardization commas are words of
 * their own, as in the released code). Rules look at capitals only for the period inside a word, so
 * lower-cased data is split like the books. A newline is the word "\n".
 *
 * Differs  from spaCy 3.8: a unit with periods stays on its number ("6p.m." is "6p.m", "."; spaCy
 *          "6", "p.m."); faces in letters and marks are taken apart ("o.O" is "o.", "o"; ":-)"
 *          three words); an apostrophe between letters that begins no clitic stays ("y'all"; spaCy
 *          "y'", "all"); a capital I with a dot becomes "i" alone, without the combining dot of
 *          full case mapping. All are rare in books, and each would need a list of its own. "256K"
 *          is split alike: "256", "k" */
#ifndef TEXT_SPLITTER_H
#define TEXT_SPLITTER_H

#include "base/buffer.h"

/* Adds the words of `text` (valid UTF-8) with one space between words; none before the first. */
bool splitter_split(Buffer *words, const char *text, size_t size, Arena *scratch,
                    Error *err) MUST_USE;

#endif
