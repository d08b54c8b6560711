/* The text standardization of the released GPT-1 code (`text_standardize`):
 *
 *   long dashes U+2013..2015 become '-', the ellipsis '...', the acute accent "'"
 *   spaces around each run of one of   - ~ ! " ; ? + , ) ( / * [ ] } { | _
 *   white space that holds a newline becomes " \n ", all other one space; none at the ends
 *
 * The backslash stands in the code's list too, but its pattern is no raw string, so that it means a second
 * '+': backslashes are not spaced, here as there. */
#ifndef TEXT_STANDARDIZE_H
#define TEXT_STANDARDIZE_H

#include "base/buffer.h"

/* Adds the standardized form of valid UTF-8 text; what is in the buffer before does not matter. */
bool standardize_text(Buffer *standard, const char *text, size_t size, Error *err) MUST_USE;

#endif
