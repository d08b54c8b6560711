/* A growing run of bytes in an arena, always followed by a zero byte that does not count. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/arena.h"

typedef struct Buffer {
    char *data; /* NULL until something is added */
    size_t size;
    size_t capacity;
    Arena *arena; /* borrowed */
} Buffer;

Buffer buffer_create(Arena *arena);
bool buffer_add(Buffer *buffer, const void *bytes, size_t size, Error *err) MUST_USE;
bool buffer_add_text(Buffer *buffer, const char *text, Error *err) MUST_USE;
bool buffer_add_char(Buffer *buffer, char c, Error *err) MUST_USE;
bool buffer_format(Buffer *buffer, Error *err, const char *format, ...) PRINTF_LIKE(3, 4) MUST_USE;
bool buffer_reserve(Buffer *buffer, size_t more_bytes, Error *err) MUST_USE;
void buffer_clear(Buffer *buffer); /* keeps the capacity */

#endif
