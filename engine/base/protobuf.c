#include "base/protobuf.h"

#include <string.h>

enum { MOST_VARINT_BYTES = 10 };

ProtobufReader protobuf_begin(const void *bytes, size_t size)
{
    return (ProtobufReader){.bytes = bytes, .size = size};
}

static bool breaks(ProtobufReader *reader)
{
    reader->is_broken = true;
    return false;
}

/* Seven bits a byte, the lowest first; the last byte has no highest bit. */
static bool read_varint(uint64_t *value, ProtobufReader *reader)
{
    *value = 0;
    for (unsigned i = 0; i < MOST_VARINT_BYTES && reader->at < reader->size; i++) {
        const unsigned char byte = (unsigned char)reader->bytes[reader->at++];
        *value |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte < 0x80) return true;
    }
    return breaks(reader);
}

static bool read_fixed(uint64_t *value, ProtobufReader *reader, size_t n_bytes)
{
    if (reader->size - reader->at < n_bytes) return breaks(reader);
    *value = 0;
    for (size_t i = 0; i < n_bytes; i++)
        *value |= (uint64_t)(unsigned char)reader->bytes[reader->at + i] << (8 * i);
    reader->at += n_bytes;
    return true;
}

static bool read_bytes(ProtobufField *field, ProtobufReader *reader)
{
    uint64_t size;
    if (!read_varint(&size, reader)) return false;
    if (size > reader->size - reader->at) return breaks(reader);
    field->bytes = reader->bytes + reader->at;
    field->size = (size_t)size;
    reader->at += (size_t)size;
    return true;
}

bool protobuf_next(ProtobufField *field, ProtobufReader *reader)
{
    uint64_t key;
    if (reader->is_broken || reader->at >= reader->size) return false;
    if (!read_varint(&key, reader)) return false;
    if (key >> 3 == 0 || key >> 3 > UINT32_MAX) return breaks(reader);
    *field = (ProtobufField){.number = (uint32_t)(key >> 3), .type = (ProtobufType)(key & 7)};
    switch (field->type) {
    case PROTOBUF_VARINT: return read_varint(&field->value, reader);
    case PROTOBUF_FIXED64: return read_fixed(&field->value, reader, 8);
    case PROTOBUF_BYTES: return read_bytes(field, reader);
    case PROTOBUF_FIXED32: return read_fixed(&field->value, reader, 4);
    }
    return breaks(reader); /* groups, which nobody writes any more, among others */
}

bool protobuf_broken(const ProtobufReader *reader)
{
    return reader->is_broken;
}

float protobuf_float(const ProtobufField *field)
{
    const uint32_t bits = (uint32_t)field->value;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}
