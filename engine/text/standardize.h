/* The text standardization of the released GPT-1 code (`text_standardize`):
 *
 *   long dashes U+2013..2015 become '-', the ellipsis '...', the acute accent "'"
 *   spaces around each run of one of   - ~ ! " ; ? + , ) ( \ / * [ ] } { | _
 *   white space that holds a newline becomes " \n ", all other one space; none at the ends
 *
 * Differs  the backslash: it stands in the code's list, but its string escapes made it a second '+' */
#ifndef TEXT_STANDARDIZE_H
#define TEXT_STANDARDIZE_H

#include "base/buffer.h"

/* Adds the standardized form of valid UTF-8 text; what is in the buffer before does not matter. */
bool standardize_text(Buffer *standard, const char *text, size_t size, Error *err) MUST_USE;

#endif
