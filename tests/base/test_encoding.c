#include "base/encoding.h"

#include <criterion/criterion.h>
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

TestSuite(encoding, .init = make, .fini = destroy);

/* NULL: refused. */
static const char *decode(const char *bytes, size_t size, Encoding encoding)
{
    error_clear(&err);
    return encoding_decode(&bytes, &size, encoding, "t", arena, &err) ? bytes : NULL;
}

static void expect_refused(const char *bytes, size_t size, Encoding encoding, const char *words)
{
    cr_expect_null(decode(bytes, size, encoding));
    cr_expect(strstr(err.text, words), "no '%s' in: %s", words, err.text);
    cr_expect_eq(err.kind, ERROR_USAGE);
}

Test(encoding, utf8_is_what_it_is)
{
    static const char text[] = "\xEF\xBB\xBF"
                               "a\r\n\tŽluťoučký — \xF0\x9F\x98\x80 \xF4\x8F\xBF\xBF";
    cr_expect_eq(decode(text, sizeof text - 1, ENCODING_UTF8), text);
    cr_expect(decode("", 0, ENCODING_UTF8));
}

Test(encoding, what_is_no_utf8_is_found_where_it_stands)
{
    static const char *const wrong[] = {"\x80",
                                        "\xC0\xAF",
                                        "\xC1\x81",
                                        "\xE0\x80\x80",
                                        "\xED\xA0\x80",
                                        "\xF0\x80\x80\x80",
                                        "\xF4\x90\x80\x80",
                                        "\xF5\x80\x80\x80",
                                        "\xFF",
                                        "\xC3",
                                        "\xE2\x82",
                                        "\xF0\x9F\x98"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        for (size_t before = 0; before < 20; before++) {
            char text[32];
            memset(text, 'a', before);
            strcpy(text + before, wrong[i]);
            cr_expect_eq(encoding_utf8_length(text, strlen(text)), before, "%zu %zu", i, before);
        }
}

Test(encoding, an_error_names_line_byte_and_likely_encoding)
{
    expect_refused("one\ntwo caf\xE9 x\n", 15, ENCODING_UTF8,
                   "t:2: byte 11 of the file, 0xE9, is no UTF-8; it looks like latin-1");
    expect_refused("\x93quoted\x94 caf\xE9", 13, ENCODING_UTF8,
                   "0x93, is no UTF-8; it looks like windows-1252");
    cr_expect(strstr(err.text, "iconv -f windows-1252 -t utf-8"), "%s", err.text);
    expect_refused("\xFF\xFEh\0i\0\n\0", 8, ENCODING_UTF8, "looks like utf-16");
    expect_refused("h\0e\0l\0l\0o\0\n\0", 12, ENCODING_UTF8, "looks like utf-16");
    expect_refused("žluťoučký kůň\nko\xF9 žluťoučký", 37, ENCODING_UTF8,
                   "t:2: byte 22 of the file, 0xF9, is no UTF-8, though the rest is");
}

Test(encoding, no_text_has_zero_bytes)
{
    expect_refused("one\ntwo\0three\n", 14, ENCODING_UTF8, "t:2: byte 7 of the file is zero");
    expect_refused("one\ntwo\0three\n", 14, ENCODING_LATIN1, "t:2: byte 7 of the file is zero");
    expect_refused("\xFF\xFEh\0\0\0", 6, ENCODING_UTF16, "is zero");
}

Test(encoding, others_become_utf8_where_they_are_named)
{
    cr_expect_str_eq(decode("caf\xE9 \x80\xFF", 7, ENCODING_LATIN1), "café \xC2\x80ÿ");
    cr_expect_str_eq(decode("\x93"
                            "caf\xE9\x94 \x80 \x97",
                            10, ENCODING_WINDOWS_1252),
                     "“café” € —");
    cr_expect_str_eq(decode("\xFF\xFEh\0\x7E\x01=\xD8\0\xDE", 10, ENCODING_UTF16), "hž😀");
    cr_expect_str_eq(decode("\xFE\xFF\0h\x01\x7E\xD8=\xDE\0", 10, ENCODING_UTF16), "hž😀");
    cr_expect_str_eq(decode("h\0i\0", 4, ENCODING_UTF16), "hi");
    cr_expect_str_eq(decode("", 0, ENCODING_UTF16), "");
}

Test(encoding, what_they_do_not_have_is_refused)
{
    expect_refused("a\n\x81", 3, ENCODING_WINDOWS_1252,
                   "t:2: byte 2 of the file, 0x81, is nothing in windows-1252");
    expect_refused("h\0i", 3, ENCODING_UTF16, "byte 2 of the file begins no character");
    expect_refused("h\0=\xD8", 4, ENCODING_UTF16, "byte 2 of the file begins no character");
    expect_refused("h\0=\xD8h\0", 6, ENCODING_UTF16, "byte 2 of the file begins no character");
    expect_refused("h\0\0\xDE", 4, ENCODING_UTF16, "byte 2 of the file begins no character");
}
