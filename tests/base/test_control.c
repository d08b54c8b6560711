#include "base/control.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* A code point in UTF-8, zero-terminated; its bytes. Surrogates too, which are not UTF-8. */
static size_t write_utf8(char text[5], unsigned code)
{
    static const unsigned char begins[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; code >>= 6) text[i] = (char)(0x80 | (code & 0x3F));
    text[0] = (char)(begins[n] | code);
    text[n] = '\0';
    return n;
}

static bool speaks_to_a_terminal(unsigned code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFFFE || code == 0xFFFF;
}

Test(control, of_all_characters_those_and_no_others_are_told)
{
    char text[5], shown[CONTROL_SHOWN], expected[16];
    for (unsigned code = 1; code <= 0x10FFFF; code++) {
        if (code == 0xD800) code = 0xE000;
        unsigned found;
        size_t n = write_utf8(text, code);
        bool special = speaks_to_a_terminal(code);
        if (control_at(&found, text, n) != (special ? n : 0) || (special && found != code) ||
            (control_find(text, false) == text) != special)
            cr_assert_fail("U+%04X", code);
        snprintf(expected, sizeof expected, "\\u%04x", code);
        bool as_it_is = !special || code == '\n' || code == '\t';
        if (control_show(shown, text, n) != n || strcmp(shown, as_it_is ? text : expected) != 0)
            cr_assert_fail("U+%04X is shown as %s", code, shown);
    }
}

Test(control, line_ends_are_told_only_where_there_may_be_none)
{
    cr_expect_null(control_find("a\nb", true));
    cr_expect_str_eq(control_find("a\nb", false), "\nb");
    cr_expect_str_eq(control_find("a\n\xE2\x80\xA8z", true), "\xE2\x80\xA8z");
    cr_expect_null(control_find("", false));
}

Test(control, bytes_that_are_not_utf8_are_shown_one_by_one)
{
    static const char *const wrong[] = {"\x9B",         "\xC2",     "\xE2\x80",
                                        "\xED\xA0\x80", "\xC0\x9B", "\xF8z"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char shown[CONTROL_SHOWN], expected[16];
        snprintf(expected, sizeof expected, "\\x%02x", (unsigned char)*wrong[i]);
        cr_expect_eq(control_show(shown, wrong[i], strlen(wrong[i])), 1);
        cr_expect_str_eq(shown, expected);
    }
}
