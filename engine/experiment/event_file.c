#include "experiment/event_file.h"

#include <string.h>

uint32_t event_file_crc(const void *bytes, size_t size)
{
    const uint32_t reversed_polynomial = 0x82F63B78;
    const unsigned char *byte = bytes;
    uint32_t crc = ~0u;
    for (size_t i = 0; i < size; i++) {
        crc ^= byte[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? reversed_polynomial : 0);
    }
    return ~crc;
}

/* --- records -------------------------------------------------------------------------------------- */

static bool add_low_first(Buffer *bytes, uint64_t number, int n_bytes, Error *err)
{
    for (int i = 0; i < n_bytes; i++)
        if (!buffer_add_char(bytes, (char)(number >> 8 * i & 0xFF), err)) return false;
    return true;
}

/* Of the last `size` bytes. */
static bool add_check(Buffer *bytes, size_t size, Error *err)
{
    const uint32_t crc = event_file_crc(bytes->data + bytes->size - size, size);
    return add_low_first(bytes, (crc >> 15 | crc << 17) + 0xa282ead8u, sizeof crc, err);
}

static bool add_record(EventFile *file, Error *err)
{
    const Buffer *event = &file->event;
    return add_low_first(&file->bytes, event->size, sizeof(uint64_t), err) &&
           add_check(&file->bytes, sizeof(uint64_t), err) &&
           buffer_add(&file->bytes, event->data, event->size, err) &&
           add_check(&file->bytes, event->size, err);
}

/* --- messages ------------------------------------------------------------------------------------- */

/* How a field's value is written, behind its number. */
enum { WIRE_INTEGER = 0, WIRE_8_BYTES = 1, WIRE_SIZED = 2, WIRE_4_BYTES = 5 };

/* Seven bits a byte, the low ones first; the highest bit says that there is more. */
static bool add_integer(Buffer *message, uint64_t number, Error *err)
{
    for (; number > 0x7F; number >>= 7)
        if (!buffer_add_char(message, (char)((number & 0x7F) | 0x80), err)) return false;
    return buffer_add_char(message, (char)number, err);
}

static bool add_key(Buffer *message, unsigned field, unsigned wire, Error *err)
{
    return add_integer(message, field << 3 | wire, err);
}

static bool add_sized(Buffer *message, unsigned field, const char *bytes, size_t size, Error *err)
{
    return add_key(message, field, WIRE_SIZED, err) && add_integer(message, size, err) &&
           buffer_add(message, bytes, size, err);
}

static bool add_double(Buffer *message, unsigned field, double number, Error *err)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return add_key(message, field, WIRE_8_BYTES, err) &&
           add_low_first(message, bits, sizeof bits, err);
}

static bool add_float(Buffer *message, unsigned field, float number, Error *err)
{
    uint32_t bits;
    memcpy(&bits, &number, sizeof bits);
    return add_key(message, field, WIRE_4_BYTES, err) &&
           add_low_first(message, bits, sizeof bits, err);
}

/* --- the file ------------------------------------------------------------------------------------- */

EventFile event_file_create(Arena *arena)
{
    return (EventFile){buffer_create(arena), buffer_create(arena), buffer_create(arena),
                       buffer_create(arena)};
}

bool event_file_begin(EventFile *file, Error *err)
{
    static const char version[] = "brain.Event:2";
    buffer_clear(&file->event);
    return add_sized(&file->event, 3, version, strlen(version), err) && add_record(file, err);
}

/* What is 0 is not written, as others leave it out. */
static bool add_moment(Buffer *event, double wall_seconds, int64_t step, Error *err)
{
    return (wall_seconds == 0 || add_double(event, 1, wall_seconds, err)) &&
           (step == 0 ||
            (add_key(event, 2, WIRE_INTEGER, err) && add_integer(event, (uint64_t)step, err)));
}

bool event_file_add(EventFile *file, double wall_seconds, int64_t step, const char *tag,
                    float value, Error *err)
{
    buffer_clear(&file->event);
    buffer_clear(&file->summary);
    buffer_clear(&file->value);
    return add_sized(&file->value, 1, tag, strlen(tag), err) &&
           add_float(&file->value, 2, value, err) &&
           add_sized(&file->summary, 1, file->value.data, file->value.size, err) &&
           add_moment(&file->event, wall_seconds, step, err) &&
           add_sized(&file->event, 5, file->summary.data, file->summary.size, err) &&
           add_record(file, err);
}
