#include <criterion/criterion.h>
#include <string.h>

#include "data/book/book.h"
#include "data/book/book_heading.h"

static Arena *arena;
static Error err;

static void set_up(void)
{
    err = (Error){0};
    arena = arena_create("test", &err);
    cr_assert(arena);
}
static void tear_down(void)
{
    arena_destroy(arena);
}
TestSuite(book, .init = set_up, .fini = tear_down);

static const char *clean(const char *book)
{
    Buffer text = buffer_create(arena);
    cr_assert(book_clean(&text, book, strlen(book), BOOK_PLAIN, arena, &err), "%s", err.text);
    return text.data ? text.data : "";
}

Test(book, of_a_text_that_is_no_book_nothing_is_dropped)
{
    Buffer text = buffer_create(arena);
    static const char notes[] = "Chapter 1\n\nShort\nlines  here.\n\n12\n\nEnd.\n";
    cr_assert(book_clean(&text, notes, strlen(notes), BOOK_WHOLE, arena, &err), "%s", err.text);
    cr_expect_str_eq(text.data, "Chapter 1\nShort lines here.\n12\nEnd.\n");
}

#define PROSE                                                                                      \
    "It was a bright cold day and the clocks of the town were striking, one after the other and "  \
    "none of "                                                                                     \
    "them together, as they had done for a hundred years."
#define WRAPPED_A "It was a bright cold day and the clocks of the town were striking,"
#define WRAPPED_B "one after the other and none of them together, as they had done for"
#define WRAPPED_C "a hundred years."
#define WRAPPED   WRAPPED_A " " WRAPPED_B " " WRAPPED_C

Test(book, lines_lose_byte_order_mark_carriage_returns_and_emphasis)
{
    cr_assert_str_eq(clean("\xEF\xBB\xBF" PROSE "\r\n\r\nHe  was\xC2\xA0_very_\told.\r\n"),
                     PROSE "\nHe was very old.\n");
}

Test(book, a_hard_wrapped_paragraph_becomes_one_line)
{
    cr_assert_str_eq(clean(WRAPPED_A "\n" WRAPPED_B "\n" WRAPPED_C "\n\nHe slept.\n"),
                     WRAPPED "\nHe slept.\n");
}

Test(book, without_empty_lines_a_short_last_line_ends_the_paragraph)
{
    const char *book = WRAPPED_A "\n" WRAPPED_B "\n" WRAPPED_C "\n" WRAPPED_A "\n" WRAPPED_B
                                 "\nanother hundred years.\n";
    cr_assert_str_eq(clean(book), WRAPPED "\n" WRAPPED_A " " WRAPPED_B " another hundred years.\n");
}

Test(book, a_full_line_that_ends_a_sentence_does_not_end_the_paragraph)
{
    const char *book = WRAPPED_A
        "\n" WRAPPED_B "\na hundred years, and none had ever thought of mending any of them.\n"
        "Whoever came late blamed the clocks of the town.\n";
    cr_assert_null(strchr(clean(book), '\n')[1] ? "" : NULL, "%s", clean(book));
}

Test(book, one_speaker_after_another_begins_a_paragraph)
{
    const char *book =
        WRAPPED_A "\n" WRAPPED_B "\n" WRAPPED_C
                  "\n\"And who is it that winds up all of the clocks of this old town?\"\n"
                  "\"Nobody does.\"\n" WRAPPED_A "\n" WRAPPED_B "\n" WRAPPED_C "\n";
    cr_assert_not_null(strstr(clean(book), "town?\"\n\"Nobody does.\"\nIt was"), "%s", clean(book));
}

Test(book, lines_of_verse_stay_lines)
{
    const char *book = WRAPPED_A "\n" WRAPPED_B "\n" WRAPPED_C
                                 "\n\nTurn on thy path, O maiden,\nAnd come our ways;\n\n" WRAPPED_A
                                 "\n" WRAPPED_B "\n" WRAPPED_C "\n";
    cr_assert_str_eq(clean(book),
                     WRAPPED "\nTurn on thy path, O maiden,\nAnd come our ways;\n" WRAPPED "\n");
}

Test(book, a_word_split_at_the_end_of_a_line_is_made_whole_if_the_book_knows_it)
{
    const char *book = "It was a bright cold day and the difference was that the toy-\nmaker of "
                       "the town had made no differ-\n"
                       "ence between the clocks of the town and his own watch, it seems.\n";
    cr_assert_not_null(
        strstr(clean(book), "that the toy-maker of the town had made no difference between"), "%s",
        clean(book));
}

Test(book, chapter_headings_and_their_titles_are_dropped)
{
    const char *book = "THE CLOCKS\n\nBy A. N. Author\n\nCHAPTER I.\n\nThe Town\n\n" PROSE
                       "\n\nChapter 2\n\nIn Which It Rains\n\n" PROSE "\n\n\nTHE END\n";
    cr_assert_str_eq(clean(book), PROSE "\n" PROSE "\n");
}

Test(book, contents_are_dropped)
{
    const char *book = "CONTENTS\n\nI. The Town\n\nII. The Rain\n\nIII. The Clock-maker of the "
                       "High Street and his Son\n\n\nI\n\n" PROSE "\n";
    cr_assert_str_eq(clean(book), PROSE "\n");
}

Test(book, a_short_first_sentence_after_a_chapter_heading_is_kept)
{
    cr_assert_str_eq(clean("THE CLOCKS\n\nChapter 1\n\n\"What time is it?\"\n\n" PROSE "\n"),
                     "\"What time is it?\"\n" PROSE "\n");
}

Test(book, page_numbers_do_not_part_a_sentence)
{
    cr_assert_str_eq(clean(PROSE " And so\n\n23\n\nit remained.\n"),
                     PROSE " And so it remained.\n");
}

Test(book, rules_and_illustrations_are_dropped)
{
    cr_assert_str_eq(clean(PROSE "\n\n* * * * *\n\n[Illustration: A CLOCK]\n\nHe slept.\n"),
                     PROSE "\nHe slept.\n");
}

Test(book, speech_in_capitals_and_the_beginning_of_a_letter_are_text)
{
    cr_assert_str_eq(clean(PROSE "\n\n\"STOP!\"\n\nDEAR TOM,\n\nHe slept.\n"),
                     PROSE "\n\"STOP!\"\nDEAR TOM,\nHe slept.\n");
}

Test(book, nothing_gives_nothing)
{
    cr_assert_str_eq(clean(""), "");
}

Test(book, cleaning_clean_text_changes_nothing)
{
    const char *once = clean(PROSE "\n\n\"Yes,\" he said.\n\n" PROSE "\n");
    cr_assert_str_eq(clean(once), once);
}

Test(book, sentences_that_begin_like_headings_are_text)
{
    static const char *const texts[] = {
        "Chapter and verse he could not give.", "Part of the way he walked.", "I mean what I say.",
        "Book in hand, she waited.", "The first part was the best."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_expect_eq(book_heading_kind(texts[i], strlen(texts[i])), BOOK_TEXT, "%s", texts[i]);
}

Test(book, divisions_of_many_kinds_are_recognized)
{
    static const char *const texts[] = {"Chapter I",
                                        "CHAPTER XIV. OF THE STORM",
                                        "Chapter Twenty-One The Return",
                                        "BOOK FIRST",
                                        "Part the Second",
                                        "THE FIRST PART: OF THE HOUSE",
                                        "End of Volume I",
                                        "Volume 2.",
                                        "CHAPTER II--The Man in Green",
                                        "XLIII. ONCE MORE!"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cr_expect_neq(book_heading_kind(texts[i], strlen(texts[i])), BOOK_TEXT, "%s", texts[i]);
}
