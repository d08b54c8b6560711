/* Text that was decoded with the wrong encoding, and its repair.
 *
 * Undone is UTF-8 read as a single-byte code page (windows-1252, windows-1250, ISO 8859-2 or Mac Roman),
 * also twice over: "protÃ©gÃ©", "itâ€™s", "protĂŠgĂŠ". Another accident has a file of its own: mojibake_mac.h.
 * A repair is made where the result is common in English books and the accident is not: a few
 * sequences that could be meant stay as they are (tests/text/test_mojibake.c shows both). */
#ifndef TEXT_MOJIBAKE_H
#define TEXT_MOJIBAKE_H

#include <stddef.h>
#include <stdint.h>

/* Repairs n characters of one line in place; returns the new count, never more than n. */
size_t mojibake_repair(uint32_t *character, size_t n);

/* What windows-1252 means by the byte 0x80..0x9F; the five unused ones stay themselves. */
uint32_t mojibake_windows_1252(uint32_t byte);

#endif
