/* HTML entities in running text: &amp; &eacute; &#233; &#xE9;. */
#ifndef TEXT_ENTITIES_H
#define TEXT_ENTITIES_H

#include <stddef.h>
#include <stdint.h>

/* Replaces them in n characters of one line, in place; returns the new count. A line with '<' is left
 * alone: it may be HTML that means what it says. Unknown names stay as they are. */
size_t entities_replace(uint32_t *character, size_t n);

#endif
