#include "base/control.h"

#include <stdio.h>
#include <string.h>

#include "base/encoding.h"

/* Of two or three bytes; all but the last are the same from the first of a range to its last. */
typedef struct Range {
    const char *first, *last;
} Range;

static const Range ranges[] = {
    {"\xC2\x80", "\xC2\x9F"},
    {"\xE2\x80\xA8", "\xE2\x80\xAE"},
    {"\xE2\x81\xA6", "\xE2\x81\xA9"},
    {"\xEF\xBF\xBE", "\xEF\xBF\xBF"},
};

static unsigned code_of(const char *text, size_t n)
{
    const unsigned char *bytes = (const unsigned char *)text;
    unsigned code = bytes[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) code = code << 6 | (bytes[i] & 0x3Fu);
    return code;
}

size_t control_at(unsigned *code, const char *text, size_t size)
{
    unsigned char first = (unsigned char)*text;
    *code = first;
    if (first < 0x80) return first < 0x20 || first == 0x7F;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        size_t n = strlen(ranges[i].first);
        if (n > size || memcmp(text, ranges[i].first, n) < 0 || memcmp(text, ranges[i].last, n) > 0)
            continue;
        *code = code_of(text, n);
        return n;
    }
    return 0;
}

const char *control_find(const char *text, bool may_have_lines)
{
    unsigned code;
    for (size_t size = strlen(text); size > 0; text++, size--)
        if (control_at(&code, text, size) && !(may_have_lines && code == '\n')) return text;
    return NULL;
}

/* Bytes of the character at the beginning; 0: it is not UTF-8. */
static size_t character_length(const char *text, size_t size)
{
    for (size_t n = 1; n <= 4 && n <= size; n++)
        if (encoding_utf8_length(text, n) == n) return n;
    return 0;
}

size_t control_show(char shown[CONTROL_SHOWN], const char *text, size_t size)
{
    unsigned code;
    size_t n = control_at(&code, text, size);
    if (n && code != '\n' && code != '\t') {
        snprintf(shown, CONTROL_SHOWN, "\\u%04x", code & 0xFFFFu);
        return n;
    }
    n = character_length(text, size);
    if (n == 0) {
        snprintf(shown, CONTROL_SHOWN, "\\x%02x", (unsigned char)*text);
        return 1;
    }
    memcpy(shown, text, n);
    shown[n] = '\0';
    return n;
}
