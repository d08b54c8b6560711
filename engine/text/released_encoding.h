/* Text that was decoded with the wrong encoding, repaired as ftfy 4.4 does it, which the released GPT-1 code
 * used: a line as a whole is written in each of seven single-byte encodings in turn, and what the first that
 * gives UTF-8 makes of it is taken if it costs less. A text costs its length, and 2 for each place where
 * characters of kinds stand together that seldom do, less 1 for each common sign; a repair costs something
 * too.
 *
 * Differs  from ftfy 4.4: classes of characters are those of a newer Unicode; pairs of surrogates with lost
 *          bytes are not looked for */
#ifndef TEXT_RELEASED_ENCODING_H
#define TEXT_RELEASED_ENCODING_H

#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

/* Repairs n characters of one line, which may move; there are never more. */
bool released_encoding_repair(uint32_t **characters, size_t *n, Arena *arena, Error *err) MUST_USE;

#endif
