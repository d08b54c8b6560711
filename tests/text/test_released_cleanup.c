#include <criterion/criterion.h>
#include <string.h>

#include "text_rig.h"

TestSuite(released_cleanup, .init = text_rig_set_up, .fini = text_rig_tear_down);

Test(released_cleanup, a_line_is_repaired_only_as_a_whole)
{
    cr_expect_str_eq(text_rig_released_clean("caf\u00C3\u00A9 th\u00C3\u00A9"),
                     "caf\u00E9 th\u00E9");
    cr_expect_str_eq(text_rig_released_clean("caf\u00C3\u00A9 th\u00E9"),
                     "caf\u00C3\u00A9 th\u00E9");
    cr_expect_str_eq(text_rig_released_clean("caf\u00C3\u00A9\nth\u00E9"), "caf\u00E9\nth\u00E9");
}

Test(released_cleanup, punctuation_is_repaired_wherever_it_stands)
{
    cr_expect_str_eq(text_rig_released_clean("\u00E9 it\u00E2\u20AC\u2122s"), "\u00E9 it's");
}

Test(released_cleanup, text_that_could_be_meant_stays)
{
    cr_expect_str_eq(text_rig_released_clean("Bront\u00EB\u2026\u201D"), "Bront\u00EB\u2026\"");
    cr_expect_str_eq(text_rig_released_clean("AH\u00C5\u2122, from IKEA\u00AE"),
                     "AH\u00C5\u2122, from IKEA\u00AE");
}

Test(released_cleanup, several_layers_come_off)
{
    cr_expect_str_eq(text_rig_released_clean("\u00C3\u0192\u00C2\u00A9 &amp;amp;amp;"), "\u00E9 &");
}

Test(released_cleanup, entities_are_read_until_a_line_has_angle_brackets)
{
    cr_expect_str_eq(text_rig_released_clean("&amp; &lt;\n<b>&amp;</b>\n&amp;"),
                     "& <\n<b>&amp;</b>\n&amp;");
}

Test(released_cleanup, soft_hyphens_and_spaces_without_width_stay)
{
    cr_expect_str_eq(text_rig_released_clean("a\u00ADb\u200Bc\u2010d"), "a\u00ADb\u200Bc\u2010d");
}

Test(released_cleanup, line_ends_become_newlines)
{
    cr_expect_str_eq(text_rig_released_clean("a\r\n\u00E9\r\nb\rc\u2028d\n"),
                     "a\n\u00E9\nb\nc\nd\n");
}

Test(released_cleanup, entities_hidden_deeper_than_any_text_has_them_end)
{
    enum { N = 5000 };
    static char text[4 * N + 6] = "&";
    for (int i = 0; i < N; i++) strcpy(text + 1 + 4 * i, "amp;");
    cr_assert_lt(strlen(text_rig_released_clean(text)), 4 * N);
}
