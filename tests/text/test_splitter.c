#include <criterion/criterion.h>

#include "text_rig.h"

TestSuite(splitter, .init = text_rig_set_up, .fini = text_rig_tear_down);

Test(splitter, words_become_lower_case)
{
    cr_assert_str_eq(text_rig_split("The ÉCOLE Ωmega"), "the école ωmega");
}

Test(splitter, contractions_come_off_their_word)
{
    cr_assert_str_eq(text_rig_split("can't don't CAN'T won't isn't"),
                     "ca n't do n't ca n't wo n't is n't");
    cr_assert_str_eq(text_rig_split("it's we'll they're I've I'm he'd"),
                     "it 's we 'll they 're i 've i 'm he 'd");
    cr_assert_str_eq(text_rig_split("who'd've couldn't've"), "who 'd 've could n't 've");
}

Test(splitter, contractions_that_were_split_before_stay)
{
    cr_assert_str_eq(text_rig_split("ca n't it 's we 'll `` so ''"),
                     "ca n't it 's we 'll `` so ''");
}

Test(splitter, words_that_are_two_are_split)
{
    cr_assert_str_eq(text_rig_split("Cannot gonna gotta."), "can not gon na got ta .");
}

Test(splitter, listed_words_keep_their_apostrophe)
{
    cr_assert_str_eq(text_rig_split("o'clock ma'am 'em 'Tis goin' o'er d'Artagnan"),
                     "o'clock ma'am 'em 'tis goin' o'er d'artagnan");
}

Test(splitter, other_apostrophes_come_off)
{
    cr_assert_str_eq(text_rig_split("'Hello' boys' 'Yes.'"), "' hello ' boys ' ' yes . '");
}

Test(splitter, a_final_period_is_a_word)
{
    cr_assert_str_eq(text_rig_split("The end. 1984. (so). no.'"),
                     "the end . 1984 . ( so ) . no . '");
}

Test(splitter, abbreviations_keep_their_period)
{
    cr_assert_str_eq(text_rig_split("Mr. Mrs. DR. e.g. U.S. a.m. Ph.D. 'Mr. etc."),
                     "mr. mrs. dr. e.g. u.s. a.m. ph.d. ' mr. etc.");
}

Test(splitter, initials_keep_their_period_but_the_pronoun_does_not)
{
    cr_assert_str_eq(text_rig_split("J. R. Hobbs and I."), "j. r. hobbs and i .");
}

Test(splitter, capitals_do_not_change_where_abbreviations_split)
{
    cr_assert_str_eq(text_rig_split("mr. smith u.s. j. miss."),
                     text_rig_split("MR. SMITH U.S. J. MISS."));
}

Test(splitter, a_sentence_without_a_space_is_split)
{
    cr_assert_str_eq(text_rig_split("end.Next Mr.Smith www.example.com"),
                     "end . next mr. smith www.example.com");
}

Test(splitter, runs_of_periods_are_words)
{
    cr_assert_str_eq(text_rig_split("wait...what.... ...so"), "wait ... what .... ... so");
}

Test(splitter, hyphens_between_letters_are_words)
{
    cr_assert_str_eq(text_rig_split("well-known x-1 -- 3-4"), "well - known x-1 -- 3-4");
}

Test(splitter, numbers_keep_commas_periods_and_colons)
{
    cr_assert_str_eq(text_rig_split("1,000.50 10:30 3.14."), "1,000.50 10:30 3.14 .");
}

Test(splitter, currency_and_units_come_off_numbers)
{
    cr_assert_str_eq(text_rig_split("$5.50 £4 7€ US$9.4 50% 10km 5pm 90° $3.5m"),
                     "$ 5.50 £ 4 7 € us $ 9.4 50 % 10 km 5 pm 90 ° $ 3.5 m");
}

Test(splitter, letters_after_a_number_that_are_no_unit_stay)
{
    cr_assert_str_eq(text_rig_split("1st 1980s mp3 b2b r2d2"), "1st 1980s mp3 b2b r2d2");
}

Test(splitter, marks_come_off_one_by_one)
{
    cr_assert_str_eq(text_rig_split("((a)) !!! #1 &c. «so»"), "( ( a ) ) ! ! ! # 1 & c. « so »");
}

Test(splitter, a_newline_is_a_word)
{
    cr_assert_str_eq(text_rig_split("one. \n Two"), "one . \n two");
}

Test(splitter, a_long_stretch_of_marks_is_taken_apart_to_the_end)
{
    enum { N = 20000 };
    static char text[2 * N + 1];
    for (int i = 0; i < N; i++) {
        text[2 * i] = '\'';
        text[2 * i + 1] = 's';
    }
    const char *words = text_rig_split(text);
    for (int i = 0; i < N; i++) cr_assert_eq(strncmp(words + 3 * i, "'s ", i + 1 < N ? 3 : 2), 0);
}

Test(splitter, what_differs_from_spacy_is_what_the_header_says)
{
    cr_expect_str_eq(text_rig_split("6p.m."), "6p.m .");
    cr_expect_str_eq(text_rig_split("o.O"), "o. o");
    cr_expect_str_eq(text_rig_split(":-)"), ": - )");
    cr_expect_str_eq(text_rig_split("y'all"), "y'all");
    cr_expect_str_eq(text_rig_split("\u0130"), "i");
    cr_expect_str_eq(text_rig_split("256K"), "256 k");
}
