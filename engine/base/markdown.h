/* Plain text in Markdown (CommonMark with GitHub's tables): what is in it is shown, and never read as Markdown or as
 * HTML. */
#ifndef BASE_MARKDOWN_H
#define BASE_MARKDOWN_H

#include "base/buffer.h"

/* One line of running text, also within a row of a table; line ends and other control characters become spaces. */
bool markdown_text(Buffer *out, const char *text, Error *err) MUST_USE;

/* Text as code, within its own backquotes; in the row of a table or not. */
bool markdown_code(Buffer *out, const char *text, Error *err) MUST_USE;

/* Like buffer_format, but each %s is plain text, and each `%s` in backquotes is code. */
bool markdown_format(Buffer *out, Error *err, const char *format, ...) PRINTF_LIKE(3, 4) MUST_USE;

/* A link to an address on the web; of any other address only the text. */
bool markdown_link(Buffer *out, const char *text, const char *address, Error *err) MUST_USE;

#endif
