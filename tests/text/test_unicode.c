#include <criterion/criterion.h>
#include <string.h>

#include "text/unicode.h"
#include "text_rig.h"

TestSuite(unicode, .init = text_rig_set_up, .fini = text_rig_tear_down);

static uint32_t decode(const char *bytes, int *used)
{
    uint32_t character;
    *used = unicode_decode(&character, bytes, strlen(bytes));
    return character;
}

Test(unicode, every_character_survives_encoding_and_decoding)
{
    for (uint32_t c = 1; c < 0x110000; c++) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        char bytes[UNICODE_MAX_BYTES];
        int n = unicode_encode(bytes, c);
        uint32_t back;
        cr_assert_eq(unicode_decode(&back, bytes, (size_t)n), n);
        cr_assert_eq(back, c);
    }
}

Test(unicode, what_is_no_utf8_reads_as_replacement_of_one_byte)
{
    const char *invalid[] = {"\x80",
                             "\xC1\xBF",
                             "\xE0\x9F\xBF",
                             "\xED\xA0\x80",
                             "\xF0\x8F\x80\x80",
                             "\xF4\x90\x80\x80",
                             "\xF5\x80\x80\x80",
                             "\xC3(",
                             "\xE2\x82",
                             "\xFF"};
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        int used;
        cr_assert_eq(decode(invalid[i], &used), UNICODE_REPLACEMENT, "case %zu", i);
        cr_assert_eq(used, 1);
    }
}

Test(unicode, a_sequence_is_not_read_beyond_the_end)
{
    uint32_t character;
    cr_assert_eq(unicode_decode(&character, "\xC3\xA9", 1), 1);
    cr_assert_eq(character, UNICODE_REPLACEMENT);
}

Test(unicode, characters_have_the_class_of_their_category)
{
    cr_assert_eq(unicode_class('a'), UNICODE_LETTER);
    cr_assert_eq(unicode_class(0x301), UNICODE_LETTER);
    cr_assert_eq(unicode_class(0xBD), UNICODE_NUMBER);
    cr_assert_eq(unicode_class('$'), UNICODE_SYMBOL);
    cr_assert_eq(unicode_class(0xAB), UNICODE_PUNCTUATION);
    cr_assert_eq(unicode_class(0x2003), UNICODE_SPACE);
    cr_assert_eq(unicode_class('\t'), UNICODE_SPACE);
    cr_assert_eq(unicode_class(0xE000), UNICODE_OTHER);
}

Test(unicode, lower_case_goes_beyond_ascii)
{
    cr_assert_eq(unicode_lower('Q'), 'q');
    cr_assert_eq(unicode_lower('['), '[');
    cr_assert_eq(unicode_lower(0xC9), 0xE9);
    cr_assert_eq(unicode_lower(0x3A9), 0x3C9);
}

Test(unicode, marks_are_put_in_order_and_composed)
{
    Arena *scratch = arena_create("scratch", &text_rig_err);
    Buffer composed = buffer_create(text_rig_arena);
    const char *text =
        "a\u0323\u0302 a\u0302\u0323 \u212B"; /* dot below and circumflex, in both orders */
    cr_assert(unicode_compose(&composed, text, strlen(text), scratch, &text_rig_err), "%s",
              text_rig_err.text);
    cr_assert_str_eq(composed.data, "\u1EAD \u1EAD \u00C5");
    arena_destroy(scratch);
}
