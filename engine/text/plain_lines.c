#include "text/plain_lines.h"

#include <string.h>

/* Bytes that need no clean-up wherever they stand: printable ASCII without '&', tab, form feed. */
static bool is_plain(unsigned char byte)
{
    return (byte >= ' ' && byte < 0x7F && byte != '&') || byte == '\t' || byte == '\f';
}

bool plain_lines_end(size_t *end, size_t *next, const char *text, size_t begin, size_t size)
{
    size_t at = begin;
    while (at < size && is_plain((unsigned char)text[at])) at++;
    *end = at;
    if (at < size && text[at] == '\r' && at + 1 < size && text[at + 1] == '\n') at++;
    bool plain = at == size || text[at] == '\n';
    if (!plain) {
        const char *newline = memchr(text + at, '\n', size - at);
        *end = at = newline ? (size_t)(newline - text) : size;
    }
    *next = at + 1;
    return plain;
}
