#include "data/own/own_excerpt.h"

#include "base/encoding.h"

enum { SHOWN_LETTERS = 40 };

bool own_excerpt(Buffer *words, const char *text, Error *err)
{
    size_t letters = 0;
    if (!buffer_add_text(words, "“", err)) return false;
    for (; *text && (letters < SHOWN_LETTERS || encoding_continues(*text)); text++) {
        letters += !encoding_continues(*text);
        if (!buffer_add_char(words, *text == '\n' || *text == '\r' || *text == '\t' ? ' ' : *text,
                             err))
            return false;
    }
    return buffer_add_text(words, *text ? "...”" : "”", err);
}
