#include "text/stretches.h"

#include "text/unicode.h"

bool stretches_split(Buffer *words, const char *text, size_t size, StretchSplit *split,
                     Arena *scratch, Error *err)
{
    bool begun = false;
    for (size_t begin = 0; begin < size;) {
        size_t end = begin;
        while (end < size && text[end] != ' ') end++;
        const size_t n = end - begin;
        if (n > 0) {
            if (!buffer_reserve(words, n * (1 + UNICODE_MAX_BYTES) + 1, err) ||
                !split(words, begun, text + begin, n, scratch, err))
                return false;
            begun = true;
        }
        begin = end + 1;
    }
    if (words->data) words->data[words->size] = '\0';
    return true;
}
