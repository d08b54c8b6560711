/* HTML entities in running text: &amp; &eacute; &#233; &#xE9;. */
#ifndef TEXT_ENTITIES_H
#define TEXT_ENTITIES_H

#include <stddef.h>
#include <stdint.h>

/* Replaces them in n characters of one line, in place; returns the new count. A line with '<' is left
 * alone: it may be HTML that means what it says. Unknown names stay as they are. */
size_t entities_replace(uint32_t *character, size_t n);

/* The character of the entity that begins at text[0] == '&', and how many characters it takes; 0: none that
 * is known. */
uint32_t entities_read(const uint32_t *text, size_t n, size_t *used);

#endif
