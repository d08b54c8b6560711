#include "base/base64.h"

#include <stdint.h>

/* 0 to 63; -1: not one of the 64 characters. */
static int value_of(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_decode(Buffer *bytes, const char *text, size_t size, Error *err)
{
    size_t n_padding = 0;
    while (n_padding < 2 && n_padding < size && text[size - 1 - n_padding] == '=') n_padding++;
    if (size % 4 != 0)
        return error_set(err, "base64 of %zu characters, which is no multiple of 4", size);
    if (!buffer_reserve(bytes, size / 4 * 3, err)) return false;
    for (size_t i = 0; i < size; i += 4) {
        uint32_t group = 0;
        const size_t missing = i + 4 == size ? n_padding : 0;
        for (size_t k = 0; k < 4; k++) {
            const int value = k >= 4 - missing ? 0 : value_of(text[i + k]);
            if (value < 0) return error_set(err, "character %zu is not one of base64", i + k);
            group = group << 6 | (uint32_t)value;
        }
        const char three[3] = {(char)(group >> 16), (char)(group >> 8), (char)group};
        if (!buffer_add(bytes, three, 3 - missing, err)) return false;
    }
    return true;
}
