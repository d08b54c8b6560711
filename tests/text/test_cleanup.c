#include <criterion/criterion.h>

#include "text_rig.h"

TestSuite(cleanup, .init = text_rig_set_up, .fini = text_rig_tear_down);

Test(cleanup, plain_text_stays_as_it_is)
{
    cr_assert_str_eq(text_rig_clean("It was\ta dark night.\n\nHe slept.\n"),
                     "It was\ta dark night.\n\nHe slept.\n");
}

Test(cleanup, all_line_ends_become_newlines)
{
    cr_assert_str_eq(text_rig_clean("a\r\nb\rc\n\u2028d\u2029e\r\n"), "a\nb\nc\n\nd\ne\n");
}

Test(cleanup, a_carriage_return_before_a_newline_adds_no_line_in_lines_that_need_repair)
{
    cr_assert_str_eq(text_rig_clean("caf\u00E9\r\nth\u00E9\r\n"), "caf\u00E9\nth\u00E9\n");
}

Test(cleanup, controls_and_byte_order_marks_are_removed)
{
    cr_assert_str_eq(text_rig_clean("\uFEFFa\x01"
                                    "b\x7F"
                                    "c\uFEFF"
                                    "d\x1B"
                                    "e\uFFFC"),
                     "abcde");
}

Test(cleanup, invalid_bytes_become_replacement_characters)
{
    cr_assert_str_eq(text_rig_clean("a\xFF"
                                    "b\xC3"),
                     "a\uFFFD"
                     "b\uFFFD");
    cr_assert_str_eq(text_rig_clean("\xC0\x80 \xED\xA0\x80"), "\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD");
}

Test(cleanup, curly_quotes_become_straight)
{
    cr_assert_str_eq(text_rig_clean("\u201CIt\u2019s \u2018so\u2019\u201D \u201Elow\u201C"),
                     "\"It's 'so'\" \"low\"");
}

Test(cleanup, ligatures_become_letters)
{
    cr_assert_str_eq(text_rig_clean("\uFB01nd o\uFB03ce \uFB06 \u0133s \u0149"),
                     "find office st ijs 'n");
}

Test(cleanup, letters_that_look_like_ligatures_stay)
{
    cr_assert_str_eq(text_rig_clean("\u0153uvre \u00C6on"), "\u0153uvre \u00C6on");
}

Test(cleanup, full_width_forms_become_ascii)
{
    cr_assert_str_eq(text_rig_clean("\uFF21\uFF42\uFF01\u3000x"), "Ab! x");
}

Test(cleanup, letters_and_their_marks_are_composed)
{
    cr_assert_str_eq(text_rig_clean("cafe\u0301 \u1F71"), "caf\u00E9 \u03AC");
}

Test(cleanup, entities_become_characters)
{
    cr_assert_str_eq(text_rig_clean("&eacute;t&eacute; &amp; &#233;&#xE9; &thetasym;"),
                     "\u00E9t\u00E9 & \u00E9\u00E9 \u03D1");
}

Test(cleanup, unknown_and_unfinished_entities_stay)
{
    cr_assert_str_eq(text_rig_clean("AT&T &nothing; &; &# &#xD800; &#1; &amp"),
                     "AT&T &nothing; &; &# &#xD800; &#1; &amp");
}

Test(cleanup, entities_stay_in_a_line_with_a_tag_only)
{
    cr_assert_str_eq(text_rig_clean("a <b> &amp;\nc &amp;\n"), "a <b> &amp;\nc &\n");
}

Test(cleanup, stray_windows_controls_become_what_was_meant)
{
    cr_assert_str_eq(text_rig_clean("\xC2\x93so\xC2\x94 it\xC2\x92s 5\xC2\x80"),
                     "\"so\" it's 5\u20AC");
}

Test(cleanup, what_nobody_sees_makes_no_other_word)
{
    cr_assert_str_eq(text_rig_clean("re\u00ADmember to\u200Bday self\u2011same"),
                     "remember today self-same");
}

Test(cleanup, terminal_codes_are_removed)
{
    cr_assert_str_eq(text_rig_clean("\x1B[36;44mI'm blue\x1B[0m, \x1B[2Jda"), "I'm blue, da");
    cr_assert_str_eq(text_rig_clean("a\x1B[12"), "a[12");
}
