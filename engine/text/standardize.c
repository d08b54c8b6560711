#include "text/standardize.h"

#include <string.h>
#include "text/unicode.h"

typedef struct Standardizer {
    char *out;
    size_t size;
    char run;     /* the spaced character that was written last; 0: another */
    bool space;   /* white space is due before the next character */
    bool newline; /* ... and it holds a newline */
    bool begun;   /* something was written */
} Standardizer;

static bool is_spaced(unsigned char c)
{
    static const bool spaced[256] = {
        ['-'] = true, ['~'] = true, ['!'] = true, ['"'] = true, [';'] = true, ['?'] = true,
        ['+'] = true, [','] = true, [')'] = true, ['('] = true, ['/'] = true, ['*'] = true,
        ['['] = true, [']'] = true, ['}'] = true, ['{'] = true, ['|'] = true, ['_'] = true,
    };
    return spaced[c];
}

static void write_space(Standardizer *s)
{
    if (s->space && s->begun) {
        if (s->newline) memcpy(s->out + s->size, " \n ", 3);
        else s->out[s->size] = ' ';
        s->size += s->newline ? 3 : 1;
    }
    s->space = s->newline = false;
    s->begun = true;
}

static void write_ascii(Standardizer *s, char c)
{
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
        s->space = true;
        s->newline = s->newline || c == '\n';
        s->run = 0;
        return;
    }
    if (c != s->run) {
        bool spaced = is_spaced((unsigned char)c);
        if (spaced || s->run) s->space = true;
        s->run = spaced ? c : 0;
    }
    write_space(s);
    s->out[s->size++] = c;
}

static void write_bytes(Standardizer *s, const char *bytes, int n)
{
    if (s->run) s->space = true;
    s->run = 0;
    write_space(s);
    memcpy(s->out + s->size, bytes, (size_t)n);
    s->size += (size_t)n;
}

/* A character outside ASCII, of n bytes. */
static void write_wide(Standardizer *s, uint32_t c, const char *bytes, int n)
{
    if (c >= 0x2013 && c <= 0x2015) write_ascii(s, '-');
    else if (c == 0x2026)
        for (int i = 0; i < 3; i++) write_ascii(s, '.');
    else if (c == 0xB4) write_ascii(s, '\'');
    else if (unicode_class(c) == UNICODE_SPACE) write_ascii(s, ' ');
    else write_bytes(s, bytes, n);
}

bool standardize_text(Buffer *standard, const char *text, size_t size, Error *err)
{
    enum { MOST_SPACE = 3 }; /* bytes written before a character */
    enum { PIECE = 4096 };
    Standardizer s = {0};
    for (size_t at = 0; at < size;) {
        size_t end = size - at > PIECE ? at + PIECE : size;
        if (!buffer_reserve(standard, (end - at) * (1 + MOST_SPACE) + UNICODE_MAX_BYTES, err))
            return false;
        s.out = standard->data + standard->size;
        s.size = 0;
        while (at < end) {
            if ((unsigned char)text[at] < 0x80) {
                write_ascii(&s, text[at++]);
                continue;
            }
            uint32_t c;
            int length = unicode_decode(&c, text + at, size - at);
            write_wide(&s, c, text + at, length);
            at += (size_t)length;
        }
        standard->size += s.size;
        standard->data[standard->size] = '\0';
    }
    return true;
}
