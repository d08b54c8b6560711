#include "experiment/event_file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../golden_file.h"

/* RFC 3720, B.4, and the check value of the catalogues. */
Test(event_file, the_check_is_castagnoli_s)
{
    unsigned char bytes[32] = {0};
    cr_expect_eq(event_file_crc("123456789", 9), 0xE3069283);
    cr_expect_eq(event_file_crc(bytes, sizeof bytes), 0x8A9136AA);
    memset(bytes, 0xFF, sizeof bytes);
    cr_expect_eq(event_file_crc(bytes, sizeof bytes), 0x62A8AB43);
    for (unsigned char i = 0; i < sizeof bytes; i++) bytes[i] = i;
    cr_expect_eq(event_file_crc(bytes, sizeof bytes), 0x46DD794E);
}

static const char *hexadecimal(const Buffer *bytes, Arena *arena)
{
    Error err = {0};
    Buffer text = buffer_create(arena);
    for (size_t i = 0; i < bytes->size; i++)
        cr_assert(buffer_format(&text, &err, "%02x", (unsigned char)bytes->data[i]));
    return text.data;
}

Test(event_file, the_bytes_are_those_of_tensorboard_s_own_writer)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    const Json *golden = golden_file_open("tests/golden/event_file/event_file.json", arena);
    const Json *scalars = golden_file_member(golden, "scalars");
    EventFile file = event_file_create(arena);
    cr_assert(event_file_begin(&file, &err));
    for (size_t i = 0; i < json_size(scalars); i++) {
        const Json *scalar = json_at(scalars, i);
        cr_assert(event_file_add(&file, json_number(json_at(scalar, 0)),
                                 json_int(json_at(scalar, 1)), json_text(json_at(scalar, 2)),
                                 (float)json_number(json_at(scalar, 3)), &err),
                  "%s", err.text);
    }
    cr_expect_str_eq(hexadecimal(&file.bytes, arena),
                     json_text(golden_file_member(golden, "file")));
    arena_destroy(arena);
}
