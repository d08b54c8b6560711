#include "base/spelled.h"

#include <assert.h>
#include <string.h>

bool spelled_conversion(size_t *size, Buffer *out, const char *format, va_list *arguments,
                        Spelled *spelled, Error *err)
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

bool spelled_format(Buffer *out, const char *format, va_list *arguments, Spelled *spelled,
                    Error *err)
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
