/* Protocol buffers (protobuf.dev/programming-guides/encoding), read field by field without a schema. Whatever the
 * bytes are, nothing beyond them is read.
 *
 *     ProtobufReader reader = protobuf_begin(bytes, size);
 *     for (ProtobufField field; protobuf_next(&field, &reader);) ... field.number ...
 *     if (protobuf_broken(&reader)) ... the message is damaged or cut off
 *
 * Ownership  bytes are borrowed */
#ifndef BASE_PROTOBUF_H
#define BASE_PROTOBUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ProtobufType {                      /* as the wire has it */
                            PROTOBUF_VARINT = 0, /* integers, true or false, enumerations */
                            PROTOBUF_FIXED64 = 1,
                            PROTOBUF_BYTES = 2, /* bytes, texts, messages inside */
                            PROTOBUF_FIXED32 = 5,
} ProtobufType;

typedef struct ProtobufField {
    uint32_t number;
    ProtobufType type;
    uint64_t value;    /* of all but bytes; as it lies there */
    const char *bytes; /* of type bytes ... */
    size_t size;       /* ... so many */
} ProtobufField;

typedef struct ProtobufReader {
    const char *bytes;
    size_t size, at;
    bool is_broken;
} ProtobufReader;

ProtobufReader protobuf_begin(const void *bytes, size_t size);
bool protobuf_next(ProtobufField *field, ProtobufReader *reader); /* false: no more, or broken */
bool protobuf_broken(const ProtobufReader *reader);

float protobuf_float(const ProtobufField *field); /* of type fixed32 */

#endif
