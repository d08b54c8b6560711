/* Formats whose %s is plain text, spelled as another language wants it. Inline, so that who begins a list of arguments
 * and who reads it are seen together. */
#ifndef BASE_SPELLED_H
#define BASE_SPELLED_H

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/buffer.h"

typedef bool Spelled(Buffer *out, const char *text, Error *err);

/* The conversion at `format`, which stands behind its %; *size is how long it is. %s, %zu and %lld are there, and %%,
 * which stays a percent sign. */
static inline bool spelled_conversion(size_t *size, Buffer *out, const char *format,
                                      va_list *arguments, Spelled *spelled, Error *err)
{
    *size = 1;
    if (*format == 's') return spelled(out, va_arg(*arguments, const char *), err);
    if (*format == '%') return buffer_add_char(out, '%', err);
    if (!strncmp(format, "zu", *size = 2))
        return buffer_format(out, err, "%zu", va_arg(*arguments, size_t));
    assert(!strncmp(format, "lld", 3)); /* no other is needed */
    *size = 3;
    return buffer_format(out, err, "%lld", va_arg(*arguments, long long));
}

/* A whole format: between its conversions it stands as it is. */
static inline bool spelled_format(Buffer *out, const char *format, va_list *arguments,
                                  Spelled *spelled, Error *err)
{
    bool ok = true;
    while (ok && *format) {
        size_t size = strcspn(format, "%");
        if (size > 0) ok = buffer_add(out, format, size, err);
        else ok = spelled_conversion(&size, out, ++format, arguments, spelled, err);
        format += size;
    }
    return ok;
}

#endif
