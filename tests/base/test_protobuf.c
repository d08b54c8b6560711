#include "base/protobuf.h"

#include <criterion/criterion.h>
#include <string.h>

/* protobuf.dev/programming-guides/encoding: a is 150; b is "testing". */
Test(protobuf, the_examples_of_the_encodings_page_are_read)
{
    static const char bytes[] = "\x08\x96\x01\x12\x07testing";
    ProtobufReader reader = protobuf_begin(bytes, sizeof bytes - 1);
    ProtobufField field;
    cr_assert(protobuf_next(&field, &reader));
    cr_expect_eq(field.number, 1);
    cr_expect_eq(field.type, PROTOBUF_VARINT);
    cr_expect_eq(field.value, 150);
    cr_assert(protobuf_next(&field, &reader));
    cr_expect_eq(field.number, 2);
    cr_expect_eq(field.type, PROTOBUF_BYTES);
    cr_expect_eq(field.size, 7);
    cr_expect_arr_eq(field.bytes, "testing", 7);
    cr_expect_not(protobuf_next(&field, &reader));
    cr_expect_not(protobuf_broken(&reader));
}

Test(protobuf, fixed_values_lie_with_the_lowest_byte_first)
{
    static const char bytes[] = "\x15\x00\x00\x20\xC0\x19\x01\x00\x00\x00\x00\x00\x00\x80";
    ProtobufReader reader = protobuf_begin(bytes, sizeof bytes - 1);
    ProtobufField field;
    cr_assert(protobuf_next(&field, &reader));
    cr_expect_eq(protobuf_float(&field), -2.5F);
    cr_assert(protobuf_next(&field, &reader));
    cr_expect_eq(field.number, 3);
    cr_expect_eq(field.value, 0x8000000000000001u);
    cr_expect_not(protobuf_next(&field, &reader));
}

static bool is_broken(const char *bytes, size_t size)
{
    ProtobufReader reader = protobuf_begin(bytes, size);
    for (ProtobufField field; protobuf_next(&field, &reader);) {
    }
    return protobuf_broken(&reader);
}

Test(protobuf, what_is_cut_off_or_no_field_is_broken)
{
    cr_expect(is_broken("\x08", 1), "no value");
    cr_expect(is_broken("\x08\x96", 2), "half a value");
    cr_expect(is_broken("\x08\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 12), "eleven bytes");
    cr_expect(is_broken("\x12\x07test", 6), "fewer bytes than are said");
    cr_expect(is_broken("\x12\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01x", 12), "2^64 - 1 bytes");
    cr_expect(is_broken("\x15\x00\x00\x20", 4), "three of four bytes");
    cr_expect(is_broken("\x00\x01", 2), "field 0");
    cr_expect(is_broken("\x0B\x0C", 2), "a group");
    cr_expect_not(is_broken("", 0));
}
