#include "base/buffer.h"

#include "base/size.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAPACITY = 192 };

Buffer buffer_create(Arena *arena)
{
    return (Buffer){.arena = arena};
}

bool buffer_reserve(Buffer *buffer, size_t more_bytes, Error *err)
{
    size_t needed;
    bool fits = size_add(&needed, buffer->size, more_bytes) && size_add(&needed, needed, 1);
    if (fits && needed <= buffer->capacity) return true;
    size_t capacity = buffer->capacity ? buffer->capacity : FIRST_CAPACITY;
    while (fits && capacity < needed) fits = size_mul(&capacity, capacity, 2);
    /* An impossible size is passed on, so that the arena words the error. */
    char *data = arena_alloc(buffer->arena, fits ? capacity : needed, 1, err);
    if (!data) return false;
    if (buffer->size > 0) memcpy(data, buffer->data, buffer->size);
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

bool buffer_add(Buffer *buffer, const void *bytes, size_t size, Error *err)
{
    if (!buffer_reserve(buffer, size, err)) return false;
    if (size > 0) memcpy(buffer->data + buffer->size, bytes, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
    return true;
}

bool buffer_add_text(Buffer *buffer, const char *text, Error *err)
{
    return buffer_add(buffer, text, strlen(text), err);
}

bool buffer_add_char(Buffer *buffer, char c, Error *err)
{
    return buffer_add(buffer, &c, 1, err);
}

bool buffer_format(Buffer *buffer, Error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    assert(size >= 0);
    if (!buffer_reserve(buffer, (size_t)size, err)) return false;
    va_start(arguments, format);
    vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, arguments);
    va_end(arguments);
    buffer->size += (size_t)size;
    return true;
}

void buffer_clear(Buffer *buffer)
{
    buffer->size = 0;
    if (buffer->data) buffer->data[0] = '\0';
}
