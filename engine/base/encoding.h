/* The bytes of text files as UTF-8: the one place that checks and decodes what comes from outside.
 *
 * Nothing is repaired or guessed: what is not in the encoding it is said to be in is an error with line, byte and the
 * encoding that it looks like. No text has zero bytes. */
#ifndef BASE_ENCODING_H
#define BASE_ENCODING_H

#include "base/arena.h"

typedef enum Encoding {
    ENCODING_UTF8,
    ENCODING_LATIN1,       /* ISO 8859-1 */
    ENCODING_WINDOWS_1252, /* Western European */
    ENCODING_UTF16, /* which end comes first is said by a byte order mark, or it is the little one */
} Encoding;
extern const char *const encoding_words[]; /* "utf-8", "latin-1", ...; NULL-terminated */

/* *bytes and *size become the text in UTF-8: the same bytes, or others in the arena, followed by a zero byte that does
 * not count. A byte order mark goes with UTF-16 and stays in UTF-8. `origin` is the file's name, for messages. */
bool encoding_decode(const char **bytes, size_t *size, Encoding encoding, const char *origin,
                     Arena *arena, Error *err) MUST_USE;

/* What the bytes look like: UTF-8 where all of them are it, or all but a few. */
Encoding encoding_likely(const char *bytes, size_t size);

/* How much at the beginning is UTF-8: `size` if all is. No surrogates, no overlong forms, nothing above U+10FFFF. */
size_t encoding_utf8_length(const char *bytes, size_t size);

/* Whether a byte goes on with a letter of UTF-8 that began before it. */
static inline bool encoding_continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Letters of UTF-8, not bytes: what continues one does not count. */
size_t encoding_letters(const char *text);

#endif
