#include "base/arena.h"
#include "base/wrap.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect_line(const char **rest, size_t width, const char *expected)
{
    WrapLine line;
    cr_assert(wrap_next(&line, rest, width), "no line, not '%s'", expected);
    cr_expect(line.bytes == strlen(expected) && !memcmp(line.begin, expected, line.bytes),
              "'%.*s', not '%s'", (int)line.bytes, line.begin, expected);
    cr_expect_leq(line.columns, width);
}

Test(wrap, lines_end_at_spaces)
{
    WrapLine line;
    const char *rest = "one two three";
    expect_line(&rest, 7, "one two");
    expect_line(&rest, 7, "three");
    cr_expect_not(wrap_next(&line, &rest, 7));
}

Test(wrap, a_line_as_wide_as_its_room_is_not_broken)
{
    const char *rest = "one two", *shorter = "one two";
    expect_line(&rest, 7, "one two");
    expect_line(&shorter, 6, "one");
    expect_line(&shorter, 6, "two");
}

Test(wrap, a_word_that_is_too_long_is_broken_behind_a_hyphen_or_cut)
{
    const char *hyphen = "storyworld-acceptability", *letters = "abcdef";
    expect_line(&hyphen, 13, "storyworld-");
    expect_line(&hyphen, 13, "acceptability");
    expect_line(&letters, 4, "abcd");
    expect_line(&letters, 4, "ef");
}

Test(wrap, lines_of_the_text_end_where_they_end)
{
    WrapLine line;
    const char *rest = "one\ntwo three\n\nfour\n";
    expect_line(&rest, 80, "one");
    expect_line(&rest, 9, "two three");
    expect_line(&rest, 80, "four");
    cr_expect_not(wrap_next(&line, &rest, 80));
    cr_expect_eq(wrap_longest("one\nthree two"), 5);
}

Test(wrap, columns_are_characters)
{
    WrapLine line;
    const char *rest = "é−λ ok";
    cr_assert(wrap_next(&line, &rest, 4));
    cr_expect_eq(line.columns, 3);
    cr_expect_eq(line.bytes, strlen("é−λ"));
    expect_line(&rest, 4, "ok");
}

Test(wrap, the_longest_part_ends_at_spaces_and_hyphens)
{
    cr_expect_eq(wrap_longest("held-out perplexity"), 10);
    cr_expect_eq(wrap_longest("storyworld-é"), 11);
    cr_expect_eq(wrap_longest(""), 0);
}

Test(wrap, a_paragraph_is_indented_behind_its_first_words)
{
    Error err = {0};
    Arena *arena = arena_create("wrap", &err);
    Buffer text = buffer_create(arena);
    cr_assert(wrap_add(&text, "- ", "one two three", 2, 9, &err), "%s", err.text);
    cr_assert(wrap_add(&text, "Not it", "four", 2, 12, &err), "%s", err.text);
    cr_expect_str_eq(text.data, "- one two\n  three\nNot itfour\n");
    arena_destroy(arena);
}
