#include <criterion/criterion.h>

#include "text_rig.h"

TestSuite(standardize, .init = text_rig_set_up, .fini = text_rig_tear_down);

Test(standardize, long_dashes_ellipses_and_acutes_become_ascii)
{
    cr_assert_str_eq(text_rig_standardize("a\u2014b\u2013c\u2015d\u2026e\u00B4s"),
                     "a - b - c - d...e's");
}

Test(standardize, runs_of_one_mark_get_spaces_around_them)
{
    cr_assert_str_eq(text_rig_standardize("a--b!?c,,d"), "a -- b ! ? c ,, d");
}

Test(standardize, each_listed_mark_is_spaced)
{
    cr_assert_str_eq(text_rig_standardize("a-b~c!d\"e;f?g+h,i)j(k/m*n[o]p}q{r|s_t"),
                     "a - b ~ c ! d \" e ; f ? g + h , i ) j ( k / m * n [ o ] p } q { r | s _ t");
}

Test(standardize, a_backslash_is_not_spaced_as_in_the_released_code)
{
    cr_assert_str_eq(text_rig_standardize("a\\b\\\\c"), "a\\b\\\\c");
}

Test(standardize, other_marks_are_not_spaced)
{
    cr_assert_str_eq(text_rig_standardize("a.b:c'd&e%f#g$h@i^j=k<l>m`n"),
                     "a.b:c'd&e%f#g$h@i^j=k<l>m`n");
}

Test(standardize, a_dash_that_was_long_joins_a_run)
{
    cr_assert_str_eq(text_rig_standardize("a\u2014-b"), "a -- b");
}

Test(standardize, white_space_with_a_newline_becomes_one_newline_word)
{
    cr_assert_str_eq(text_rig_standardize("a \n\n \tb,\nc"), "a \n b , \n c");
}

Test(standardize, other_white_space_becomes_one_space)
{
    cr_assert_str_eq(text_rig_standardize("a \t\f b\u00A0\u2003\u3000c"), "a b c");
}

Test(standardize, nothing_is_left_at_the_ends)
{
    cr_assert_str_eq(text_rig_standardize(" \n a \n "), "a");
    cr_assert_str_eq(text_rig_standardize(" \n "), "");
    cr_assert_str_eq(text_rig_standardize("!"), "!");
}
