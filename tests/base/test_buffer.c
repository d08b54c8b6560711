#include "base/buffer.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

static Error err;
static Arena *arena;

static void make(void)
{
    arena = arena_create("test", &err);
}

static void destroy(void)
{
    arena_destroy(arena);
}

TestSuite(buffer, .init = make, .fini = destroy);

Test(buffer, grows_piece_by_piece_and_stays_terminated)
{
    Buffer buffer = buffer_create(arena);
    cr_assert_null(buffer.data);
    for (int i = 0; i < 5000; i++) {
        cr_assert(buffer_add_char(&buffer, (char)('a' + i % 26), &err));
        cr_assert_eq(buffer.data[buffer.size], '\0');
    }
    cr_assert_eq(buffer.size, 5000);
    for (int i = 0; i < 5000; i++) cr_assert_eq(buffer.data[i], 'a' + i % 26);
}

Test(buffer, takes_text_bytes_and_formats)
{
    Buffer buffer = buffer_create(arena);
    cr_assert(buffer_add_text(&buffer, "one ", &err));
    cr_assert(buffer_add(&buffer, "two\0x", 4, &err));
    cr_assert(buffer_format(&buffer, &err, "%s %d", " three", 4));
    cr_assert_eq(buffer.size, 16);
    cr_assert_arr_eq(buffer.data, "one two\0 three 4", 17);
}

Test(buffer, formats_more_than_its_capacity)
{
    Buffer buffer = buffer_create(arena);
    cr_assert(buffer_format(&buffer, &err, "%5000d", 7));
    cr_assert_eq(buffer.size, 5000);
    cr_assert_eq(buffer.data[4999], '7');
}

Test(buffer, clear_keeps_the_memory)
{
    Buffer buffer = buffer_create(arena);
    cr_assert(buffer_add_text(&buffer, "abc", &err));
    const char *data = buffer.data;
    buffer_clear(&buffer);
    cr_assert_str_eq(buffer.data, "");
    cr_assert(buffer_add_text(&buffer, "d", &err));
    cr_assert_eq(buffer.data, data);
    cr_assert_str_eq(buffer.data, "d");
}

Test(buffer, an_impossible_size_is_an_error_and_keeps_the_content)
{
    Buffer buffer = buffer_create(arena);
    cr_assert(buffer_add_text(&buffer, "abc", &err));
    cr_assert_not(buffer_reserve(&buffer, SIZE_MAX, &err));
    cr_assert_not(buffer_reserve(&buffer, SIZE_MAX / 2, &err));
    cr_assert(strstr(err.text, "out of memory"));
    cr_assert_str_eq(buffer.data, "abc");
}
