/* Formats whose %s is plain text, spelled as another language wants it. */
#ifndef BASE_SPELLED_H
#define BASE_SPELLED_H

#include <stdarg.h>

#include "base/buffer.h"

typedef bool Spelled(Buffer *out, const char *text, Error *err);

/* The conversion at `format`, which stands behind its %; *size is how long it is. %s, %zu and %lld are there, and %%,
 * which stays a percent sign. */
bool spelled_conversion(size_t *size, Buffer *out, const char *format, va_list *arguments,
                        Spelled *spelled, Error *err) MUST_USE;

/* A whole format: between its conversions it stands as it is. */
bool spelled_format(Buffer *out, const char *format, va_list *arguments, Spelled *spelled,
                    Error *err) MUST_USE;

#endif
