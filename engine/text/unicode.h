/* Characters: UTF-8 in and out, lower case, classes and normal form C. The one door to utf8proc.
 *
 * A character is a uint32_t code point. Invalid UTF-8 (overlong forms and surrogates included) reads
 * as U+FFFD, one for each byte that begins no valid sequence. */
#ifndef TEXT_UNICODE_H
#define TEXT_UNICODE_H

#include <stdint.h>
#include "base/buffer.h"

enum { UNICODE_REPLACEMENT = 0xFFFD, UNICODE_MAX_BYTES = 4 };

typedef enum UnicodeClass {
    UNICODE_OTHER,  /* controls, private use, unassigned */
    UNICODE_LETTER, /* letters and combining marks */
    UNICODE_NUMBER,
    UNICODE_PUNCTUATION,
    UNICODE_SYMBOL, /* currency, mathematics, pictures */
    UNICODE_SPACE,
} UnicodeClass;

/* Reads one character from `left` >= 1 bytes; returns the bytes used, 1 to 4. */
int unicode_decode(uint32_t *character, const char *text, size_t left);

bool unicode_is_valid(const char *text, size_t size); /* UTF-8 */

/* Writes 1 to 4 bytes; returns how many. */
int unicode_encode(char bytes[UNICODE_MAX_BYTES], uint32_t character);

const char *unicode_category(uint32_t character); /* of the standard: "Lu", "Sc" ... */
UnicodeClass unicode_class(uint32_t character);
uint32_t unicode_lower(uint32_t character);
bool unicode_is_lower(
    uint32_t character); /* a letter that is its own lower case and has an upper one */
bool unicode_is_upper(uint32_t character);
bool unicode_is_letter(uint32_t character);
bool unicode_is_picture(uint32_t character);     /* a symbol that is no currency, sign or accent */
bool unicode_is_ascii_lower(uint32_t character); /* a to z */

/* Adds the normal form C of valid UTF-8. `scratch` is not the arena of `composed`. */
bool unicode_compose(Buffer *composed, const char *text, size_t size, Arena *scratch,
                     Error *err) MUST_USE;

/* The same of n characters, which may move. */
bool unicode_compose_characters(uint32_t **characters, size_t *n, Arena *arena,
                                Error *err) MUST_USE;

/* Adds the normal form D of valid UTF-8. `scratch` is not the arena of `decomposed`. */
bool unicode_decompose(Buffer *decomposed, const char *text, size_t size, Arena *scratch,
                       Error *err) MUST_USE;

/* Bytes of the grapheme cluster, one character for a reader, that `size` >= 1 bytes begin with. */
size_t unicode_grapheme(const char *text, size_t size);

/* What a half-width or full-width form stands for, decomposed: 1 to UNICODE_MOST_PARTS characters. */
enum { UNICODE_MOST_PARTS = 8 };
size_t unicode_decompose_width(uint32_t parts[UNICODE_MOST_PARTS], uint32_t character);

#endif
