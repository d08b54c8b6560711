/* windows-1252 read as Mac Central Europe, which novels typed in the 1990s show: "Aimťe", "Fršulein",
 * "rŰle", a closing quote as "í". Single words do not tell it from Czech, Slovak or Slovene ("radosť",
 * "Krško"), so a text as a whole decides: two sequences that those languages do not have, and more
 * of them than of letters that this accident does not make. ftfy has no such repair. */
#ifndef TEXT_MOJIBAKE_MAC_H
#define TEXT_MOJIBAKE_MAC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Was this document read so? */
bool mojibake_mac_is_likely(const char *text, size_t size);

/* Repairs n characters of one line of such a document in place. */
void mojibake_mac_repair(uint32_t *character, size_t n);

#endif
