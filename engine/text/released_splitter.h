/* English words as the released GPT-1 code split them: by the rules of spaCy 2.0, then lower-cased. Each
 * stretch between spaces loses a prefix and a suffix at a time, until nothing more comes off or what is
 * left is a listed word (released_words.h) or looks like an address; then it is cut at its infixes:
 *
 *   prefix   , : ; ! ? ( ) [ ] { } < > _ # * & % = + ' " ` `` and such; runs of periods; currency; pictures
 *   suffix   the same marks (% = + and currency after a digit only), '' and 's 'S; a unit after a digit; a
 *            period after a small letter, a digit, some marks, or two capitals
 *   infix    runs of periods; pictures; . between a small and a capital letter; : < > = between letters;
 *            ^ between digits
 *   address  "host.name" in small letters and digits at the start or after '@', whatever follows, that
 *            begins and ends with a letter or digit
 *
 * Capitals count: "Mr." and "don't" are listed, "mr." and "DON'T" are not. What differs from splitter.h is
 * kept apart, so that texts of tokenizers that this engine learns do not change.
 *
 * Needs    standardized text (standardize.h): its spaced characters stand in stretches of their own, so no
 *          rule looks for them between letters
 * Differs  from spaCy 2.0: numeric network addresses are no addresses (no rule splits them either way) */
#ifndef TEXT_RELEASED_SPLITTER_H
#define TEXT_RELEASED_SPLITTER_H

#include "base/buffer.h"

/* Adds the words of `text` (valid UTF-8, standardized) with one space between words; none before the
 * first. */
bool released_splitter_split(Buffer *words, const char *text, size_t size, Arena *scratch,
                             Error *err) MUST_USE;

#endif
