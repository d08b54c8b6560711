/* Text in lines of a width, for people who read at a terminal. A column is a character of UTF-8. */
#ifndef BASE_WRAP_H
#define BASE_WRAP_H

#include "base/buffer.h"

typedef struct WrapLine {
    const char *begin;
    size_t bytes, columns;
} WrapLine;

/* The next line of *rest, of at most `width` columns, 1 or more: up to a line end, a space, else up to a hyphen,
 * and where neither helps, cut. *rest moves behind it. False: nothing is left. */
bool wrap_next(WrapLine *line, const char **rest, size_t width);

/* Of the longest part that is only cut where it must be. */
size_t wrap_longest(const char *text);

/* The text in lines, each behind `indent` spaces and of at most `width` columns with them; the first behind
 * `first`, which counts as such spaces: "- ". */
bool wrap_add(Buffer *text, const char *first, const char *words, size_t indent, size_t width,
              Error *err) MUST_USE;

#endif
