#include "base/base64.h"

#include <criterion/criterion.h>
#include <string.h>

static Arena *arena;
static Error err;

static void set_up(void)
{
    err = (Error){0};
    arena = arena_create("base64", &err);
    cr_assert(arena);
}

static void tear_down(void)
{
    arena_destroy(arena);
}

TestSuite(base64, .init = set_up, .fini = tear_down);

static void expect(const char *text, const char *bytes, size_t size)
{
    Buffer found = buffer_create(arena);
    cr_assert(base64_decode(&found, text, strlen(text), &err), "%s", err.text);
    cr_assert_eq(found.size, size, "'%s': %zu bytes", text, found.size);
    if (size > 0) cr_expect_arr_eq(found.data, bytes, size);
}

/* RFC 4648, section 10. */
Test(base64, the_vectors_of_the_standard_are_read)
{
    static const char *const texts[] = {"",         "Zg==",     "Zm8=",    "Zm9v",
                                        "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (size_t n = 0; n <= 6; n++) expect(texts[n], "foobar", n);
    expect("/+8A", "\xFF\xEF\x00", 3);
}

static void refuse(const char *text, const char *message)
{
    Buffer found = buffer_create(arena);
    err = (Error){0};
    cr_expect_not(base64_decode(&found, text, strlen(text), &err), "'%s'", text);
    cr_expect(strstr(err.text, message), "%s", err.text);
}

Test(base64, other_characters_and_lengths_are_refused)
{
    refuse("Zm9", "no multiple of 4");
    refuse("Zm9v\n", "no multiple of 4");
    refuse("Zm*v", "character 2 is not one of base64");
    refuse("Zg==Zg==", "character 2 is not one of base64");
    refuse("Z===", "character 1 is not one of base64");
    refuse("====", "character 0 is not one of base64");
}
