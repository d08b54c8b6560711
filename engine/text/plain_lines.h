/* Lines that no clean-up changes, which most are: they are copied without a closer look. */
#ifndef TEXT_PLAIN_LINES_H
#define TEXT_PLAIN_LINES_H

#include <stdbool.h>
#include <stddef.h>

/* Finds the end of the line that begins at `begin` and where the next one begins (size + 1: there is
 * no newline at the end). true: the line is plain. */
bool plain_lines_end(size_t *end, size_t *next, const char *text, size_t begin, size_t size);

#endif
