#include <criterion/criterion.h>
#include <string.h>

#include "text_rig.h"

TestSuite(released_splitter, .init = text_rig_set_up, .fini = text_rig_tear_down);

Test(released_splitter, capitals_decide_what_is_listed)
{
    cr_expect_str_eq(text_rig_released_split("Mr. mr. MR. don't DON'T Don't"),
                     "mr. mr . mr . do n't don't do n't");
    cr_expect_str_eq(text_rig_released_split("Let's LET'S cannot CANNOT Y'all y'all"),
                     "let 's let 's can not cannot y'all y' all");
}

Test(released_splitter, contractions_are_cut_after_listed_words_only)
{
    cr_expect_str_eq(text_rig_released_split("he'll John'll we've Mary've it's John's"),
                     "he 'll john'll we 've mary've it 's john 's");
    cr_expect_str_eq(text_rig_released_split("couldn't've who'd've I'ma"),
                     "could n't 've who 'd 've i 'm a");
}

Test(released_splitter, contractions_without_their_apostrophe_are_cut_unless_they_are_words)
{
    cr_expect_str_eq(text_rig_released_split("dont theyre whos hell Shed well its were"),
                     "do nt they re who s hell shed well its were");
}

Test(released_splitter, clitics_that_were_split_before_lose_their_apostrophe_unless_listed)
{
    cr_expect_str_eq(text_rig_released_split("'s 're 'll 'd 'em n't 'm 've 'Em"),
                     "'s 're 'll 'd 'em n't ' m ' ve ' em");
}

Test(released_splitter, a_final_period_stays_after_one_capital_and_comes_off_after_two)
{
    cr_expect_str_eq(text_rig_released_split("X. USA. U.S. B2. end. i. k."),
                     "x. usa . u.s. b2 . end . i. k.");
}

Test(released_splitter, addresses_stay_whole)
{
    cr_expect_str_eq(text_rig_released_split("www.a.com. end.next End.next end.Next me@Mail.com"),
                     "www.a.com . end.next end.next end . next me@mail.com");
    cr_expect_str_eq(text_rig_released_split("a@b.com; x.com's a-.com"),
                     "a@b.com ; x.com's a-.com");
}

Test(released_splitter, units_and_currency_come_off_numbers)
{
    cr_expect_str_eq(
        text_rig_released_split("10km 5pm 13pm 5MB 5Mb 10m² 10g² $5 5$ US$5 5US$ 5% %5 5+"),
        "10 km 5 pm 13pm 5 mb 5mb 10 m² 10g² $ 5 5 $ us$ 5 5 us$ 5 % % 5 5 +");
}

Test(released_splitter, faces_without_spaced_marks_stay_whole)
{
    cr_expect_str_eq(text_rig_released_split(":D :p o.O <3 >.< :X"), ":d :p o.o <3 >.< :x");
}

Test(released_splitter, signs_between_letters_are_words)
{
    cr_expect_str_eq(text_rig_released_split("a:b a=b a<b 1:2 2^3 a^b wait...what"),
                     "a : b a = b a < b 1:2 2 ^ 3 a^b wait ... what");
}

Test(released_splitter, lower_case_is_full_case_mapping)
{
    cr_expect_str_eq(text_rig_released_split("\u0130S \u039F\u03A3 \u03A3\u039F \u03A3"),
                     "i\u0307s \u03BF\u03C2 \u03C3\u03BF \u03C3");
}

Test(released_splitter, a_long_stretch_of_marks_is_taken_apart_to_the_end)
{
    enum { N = 20000 };
    static char text[N + 1];
    memset(text, ':', N);
    const char *words = text_rig_released_split(text);
    cr_assert_eq(strlen(words), 2 * N - 1);
    cr_assert_eq(strspn(words, ": "), 2 * N - 1);
}
