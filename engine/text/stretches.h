/* Standardized text into stretches without spaces, each of which a splitter cuts into words. */
#ifndef TEXT_STRETCHES_H
#define TEXT_STRETCHES_H

#include "base/buffer.h"

/* Adds the words of n bytes without spaces, in lower case; `begun`: a word stands before, so a space is due. There
 * is room in `words` for each character as a word of its own, in lower case, which may be longer. */
typedef bool StretchSplit(Buffer *words, bool begun, const char *text, size_t n, Arena *scratch,
                          Error *err);

/* Words with single spaces between, followed by a zero byte that does not count. */
bool stretches_split(Buffer *words, const char *text, size_t size, StretchSplit *split,
                     Arena *scratch, Error *err) MUST_USE;

#endif
