/* The upper halves of the single-byte encodings that mojibake.c and released_encoding.c look for. Unused bytes
 * stand for the C1 control of the same number, as decoders treat them. */
#ifndef TEXT_CODEPAGES_H
#define TEXT_CODEPAGES_H

#include <stdint.h>

typedef enum Codepage {
    CODEPAGE_WINDOWS_1252,
    CODEPAGE_ISO_8859_2, /* before windows-1250: where both fit, it gives the small letter */
    CODEPAGE_WINDOWS_1250,
    CODEPAGE_MAC_ROMAN,
    CODEPAGE_MAC_CENTRAL_EUROPE,
    CODEPAGE_WINDOWS_1251,
    CODEPAGE_DOS_437,
    N_CODEPAGES,
} Codepage;

/* The character of a byte 0x80..0xFF. */
uint32_t codepages_character(Codepage page, unsigned byte);

/* The byte 0x80..0xFF of a character; 0: it has none there. */
unsigned codepages_byte(Codepage page, uint32_t character);

#endif
