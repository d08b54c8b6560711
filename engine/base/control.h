/* Characters that say something to a terminal or a page instead of being read: the one place that knows them.
 *
 *   controls                                  U+0000 to U+001F, U+007F to U+009F
 *   separators of lines and paragraphs        U+2028, U+2029
 *   what turns the direction of other text    U+202A to U+202E, U+2066 to U+2069
 *   what is no character, and in no XML       U+FFFE, U+FFFF */
#ifndef BASE_CONTROL_H
#define BASE_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

/* How many of the `size` bytes, more than none, are such a character at their beginning; 0: there is none. */
enum { CONTROL_BYTES = 3 }; /* at most */
size_t control_at(unsigned *code, const char *text, size_t size);

/* The first in a text; NULL: there is none. Line ends count only if there may be none. */
const char *control_find(const char *text, bool may_have_lines);

/* The first character of `size` bytes, more than none, as a terminal may get it, zero-terminated: itself, line end
 * and tab included; \u001b for one of the above, as JSON has it; \x9b for a byte that is not UTF-8. Returns its
 * bytes in the text. */
enum { CONTROL_SHOWN = 8 };
size_t control_show(char shown[CONTROL_SHOWN], const char *text, size_t size);

#endif
