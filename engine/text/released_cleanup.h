/* Clean-up of text as the released GPT-1 code did it: by the steps of ftfy 4.4, line by line, again and again
 * until nothing changes.
 *
 *   invalid UTF-8                  U+FFFD
 *   terminal codes (ESC [ 31 m)    removed
 *   mis-decoded text               repaired (released_encoding.h)
 *   HTML entities                  their character, up to the first line that holds both '<' and '>'
 *   Latin ligatures (fi, ij)       their letters; not digraphs (dz)
 *   half-width, full-width forms   their usual form
 *   curly single, double quotes    ' and "
 *   CR, CRLF, U+2028, U+2029, U+85 newline
 *   other controls, BOM            removed; C1 controls, soft hyphens and zero-width spaces stay
 *   the rest                       normal form C
 *
 * Differs  from ftfy 4.4: of the entities only those of HTML 4 and &apos; are known, and their names take their
 *          case; a book that is cleaned in pieces looks for '<' and '>' in each piece alone; entities that
 *          hide in one another more than MOST_ROUNDS deep stay */
#ifndef TEXT_RELEASED_CLEANUP_H
#define TEXT_RELEASED_CLEANUP_H

#include "base/buffer.h"

/* Adds the clean text, valid UTF-8. `scratch` is given back as it was, and is not the arena of
 * `clean`. */
bool released_cleanup_text(Buffer *clean, const char *text, size_t size, Arena *scratch,
                           Error *err) MUST_USE;

#endif
