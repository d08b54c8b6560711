/* Which word leaves a gap in a passage, and which others may stand there. */
#include <criterion/criterion.h>
#include <string.h>

#include "data/dataset/dataset_cloze.h"

static Error err;
static Arena *arena;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("cloze", &err);
}

static void end(void)
{
    arena_destroy(arena);
}
TestSuite(dataset_cloze, .init = begin, .fini = end);

static Example split(const char *passage, int candidates)
{
    Example example = {.id = "row", .text = (const char *[]){passage}, .n_texts = 1};
    cr_assert(dataset_cloze_fits(passage, candidates), "%s", passage);
    cr_assert(dataset_cloze_split(&example, candidates, arena, &err), "%s", err.text);
    cr_expect_str_eq(example.id, "row");
    cr_assert_eq(example.n_texts, 2 + candidates);
    return example;
}

static const char *right_of(const Example *example)
{
    return example->text[2 + example->label];
}

Test(dataset_cloze, a_word_that_stands_there_twice_leaves_a_gap)
{
    Example row = split("The garden was full of flowers, and in that garden sat an animal.", 3);
    cr_expect_str_eq(row.text[0], "The garden was full of flowers, and in that");
    cr_expect_str_eq(row.text[1], "sat an animal.");
    cr_expect_str_eq(right_of(&row), "garden");
    cr_expect_str_eq(row.facet[0], "before");
}

Test(dataset_cloze, candidates_are_in_alphabetical_order)
{
    Example row = split("The garden was full of flowers, and in that garden sat an animal.", 3);
    cr_expect_str_eq(row.text[2], "animal");
    cr_expect_str_eq(row.text[3], "flowers");
    cr_expect_str_eq(row.text[4], "garden");
}

Test(dataset_cloze, where_the_other_one_follows_only_that_side_tells)
{
    Example row = split("Under a yellow winter sky there was one garden here. A garden!", 3);
    cr_expect_str_eq(row.text[1], "here. A garden!");
    cr_expect_str_eq(row.facet[0], "behind");
}

/* Twice twelve words: seasons are within the middle half, window and garden as well, but farther out. */
Test(dataset_cloze, the_nearest_to_the_middle_leaves_it)
{
    Example row = split("one two six ten or up window at us as by seasons of it seasons to be "
                        "no we garden go he garden window little",
                        2);
    cr_expect_str_eq(right_of(&row), "seasons");
    cr_expect_str_eq(row.facet[0], "behind");
}

Test(dataset_cloze, others_end_alike_or_are_of_like_length_or_come_early)
{
    static const char passage[] =
        "He walked and talking he waited or nodded; as he walked on, silver, golden, evening.";
    Example row = split(passage, 4);
    cr_expect_str_eq(right_of(&row), "walked");
    cr_expect_str_eq(row.text[2], "nodded");
    cr_expect_str_eq(row.text[3], "silver", "no ending in common, and of the same length, first");
    cr_expect_str_eq(row.text[4], "waited");
}

/* --- what is no such word -------------------------------------------------------------------------- */

static void expect_none(const char *passage)
{
    cr_expect_not(dataset_cloze_fits(passage, 2), "%s", passage);
}

Test(dataset_cloze, a_word_of_the_gap_is_long_lower_case_and_without_marks)
{
    expect_none("a b the house of c the house of d little");
    expect_none("a b the Garden of c the Garden of d little");
    expect_none("a b the garden, of c the garden, of d little");
    expect_none("a b the gar-den of c the gar-den of d little");
    expect_none("a b the garden\xC3\xA9 of c the garden\xC3\xA9 of d little");
    expect_none("a b the garden of c the garden of d garden little");
    expect_none("a b the garden of c the window of d little");
    expect_none("");
}

Test(dataset_cloze, case_and_marks_do_not_make_another_word)
{
    Example row = split("Garden one two six the garden of us and them all little", 2);
    cr_expect_str_eq(right_of(&row), "garden");
    row =
        split("\xE2\x80\x9CGarden\xE2\x80\x9D one two six the garden of us and them all little", 2);
    cr_expect_str_eq(right_of(&row), "garden");
}

Test(dataset_cloze, what_stands_at_the_ends_leaves_no_gap)
{
    expect_none("garden a b c d e f little g h i j k l garden");
}

Test(dataset_cloze, a_passage_needs_words_enough)
{
    static const char passage[] = "The garden was big, and in that garden sat an animal.";
    cr_expect(dataset_cloze_fits(passage, 2));
    cr_expect_not(dataset_cloze_fits(passage, 3));
}
