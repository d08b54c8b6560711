#include <criterion/criterion.h>
#include <string.h>

#include "data/book/book.h"

#define PROSE                                                                                      \
    "It was a bright cold day and the clocks of the town were striking, one after the other, and " \
    "none of them together, as they had done for years."
#define HEADER "# Title: The Clocks\n\n## Author: A. N. Author\n\n## Year: 1900\n\n-------\n\n"

static void expect_clean(const char *book, const char *expected)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    cr_assert(arena);
    Buffer text = buffer_create(arena);
    cr_assert(book_clean(&text, book, strlen(book), BOOK_MARKDOWN, arena, &err), "%s", err.text);
    cr_expect_str_eq(text.data ? text.data : "", expected);
    arena_destroy(arena);
}

Test(book_markdown, the_title_page_and_headings_are_dropped)
{
    expect_clean(HEADER "## CHAPTER I.\n\n" PROSE "\r\n\r\n### The Rain\n\nIt rained.\n",
                 PROSE "\nIt rained.\n");
}

Test(book_markdown, a_story_without_headings_begins_after_the_rule)
{
    expect_clean(HEADER "\"What time is it?\"\n\n" PROSE "\n", "\"What time is it?\"\n" PROSE "\n");
}

Test(book_markdown, emphasis_goes_and_a_lonely_asterisk_stays)
{
    expect_clean(HEADER PROSE "\n\nA _very_ **old** *clock* cost 2 * 3.\n",
                 PROSE "\nA very old clock cost 2 * 3.\n");
}

Test(book_markdown, lines_of_verse_stay_lines)
{
    expect_clean(HEADER PROSE "\n\n> Turn on thy path,  \n> and come our ways.\n",
                 PROSE "\nTurn on thy path,\nand come our ways.\n");
}

Test(book_markdown, escapes_entities_and_rules_go)
{
    expect_clean(HEADER PROSE "\n\n* * *\n\n\\[He slept\\] &amp; woke.\n",
                 PROSE "\n[He slept] & woke.\n");
}

Test(book_markdown, nothing_gives_nothing)
{
    expect_clean("", "");
}
