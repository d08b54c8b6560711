#include "data/book/book_heading.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
    LONGEST_HEADING =
        160, /* bytes; the chapter summaries of the eighteenth century's imitators are long */
    LONGEST_TITLE = 80,
};

/* Words that head a division of a book when a number follows: "Chapter 4", "PART THE FIRST". */
static const char *const numbered_words[] = {
    "chapter", "chap.", "book", "part", "volume", "vol.", "vol", "section", "phase", "stave", NULL,
};

/* Whole paragraphs that are no text. */
static const char *const whole_words[] = {
    "preface",
    "introduction",
    "prologue",
    "epilogue",
    "dedication",
    "conclusion",
    "the end",
    "finis",
    "appendix",
    "note",
    "by",
    "chapter",
    "list of illustrations",
    "illustrations",
    "postscript",
    "end",
    NULL,
};

static const char *const number_words[] = {
    "one",     "two",     "three",     "four",     "five",     "six",      "seven",
    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",   "thirty",
    "first",   "second",  "third",     "fourth",   "fifth",    "sixth",    "seventh",
    "eighth",  "ninth",   "tenth",     "eleventh", "twelfth",  "last",     NULL,
};

static size_t word_size(const char *text, size_t size)
{
    size_t n = 0;
    while (n < size && text[n] != ' ') n++;
    return n;
}

static bool same_word(const char *text, size_t size, const char *word)
{
    return strlen(word) == size && strncasecmp(text, word, size) == 0;
}

static bool in_list(const char *text, size_t size, const char *const *list)
{
    for (; *list; list++)
        if (same_word(text, size, *list)) return true;
    return false;
}

static size_t without_end_marks(const char *text, size_t size)
{
    while (size > 0 && strchr(".:,;-)]", text[size - 1])) size--;
    return size;
}

static bool is_digits(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!isdigit((unsigned char)text[i])) return false;
    return size > 0;
}

/* Capital or small, but not mixed: "mix" in running text is a word, and "I" alone stands for itself. */
static bool is_roman(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!strchr(isupper((unsigned char)text[0]) ? "IVXLC" : "ivxlc", text[i]) || !text[i])
            return false;
    return size > 0 && size <= 9;
}

/* "IV.", "4:", "Twenty-one", "II--The": what counts stands before the first mark. */
static bool is_numeral(const char *text, size_t size)
{
    size_t n = 0;
    while (n < size && !strchr(".:,;-)]", text[n])) n++;
    return is_digits(text, n) || is_roman(text, n) || in_list(text, n, number_words);
}

static bool is_number_only(const char *text, size_t size)
{
    while (size > 0 && strchr("-[( ", text[0])) text++, size--;
    while (size > 0 && strchr(".-]): ", text[size - 1])) size--;
    return is_digits(text, size) || is_roman(text, size);
}

static bool is_ornament(const char *text, size_t size)
{
    static const char *const notes[] = {"[illustration",   "illustration:", "[picture",
                                        "[transcriber",    "[footnote",     "[all rights",
                                        "click to enlarge"};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (size >= strlen(notes[i]) && strncasecmp(text, notes[i], strlen(notes[i])) == 0)
            return true;
    for (size_t i = 0; i < size; i++)
        if (isalnum((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80) return false;
    return true;
}

/* "Chapter IV ...", "PART THE FIRST", "THE SECOND BOOK", "End of Volume I". */
static bool is_numbered_division(const char *text, size_t size)
{
    if (size > 7 && strncasecmp(text, "end of ", 7) == 0) text += 7, size -= 7;
    if (size > 4 && strncasecmp(text, "the ", 4) == 0) text += 4, size -= 4;
    size_t first = word_size(text, size);
    if (first == size || !isupper((unsigned char)text[0])) return false;
    const char *second_text = text + first + 1;
    size_t rest = size - first - 1;
    if (rest > 4 && strncasecmp(second_text, "the ", 4) == 0) second_text += 4, rest -= 4;
    size_t second = word_size(second_text, rest);
    if (in_list(text, first, numbered_words)) return is_numeral(second_text, second);
    second = without_end_marks(second_text, second);
    return second_text + second >= text + size - 1 && in_list(text, first, number_words) &&
           in_list(second_text, second, numbered_words);
}

bool book_heading_capitals(const char *text, size_t size)
{
    size_t letters = 0;
    for (size_t i = 0; i < size; i++) {
        if (islower((unsigned char)text[i])) return false;
        letters += isupper((unsigned char)text[i]) != 0;
    }
    return letters >= 3;
}

BookHeading book_heading_kind(const char *text, size_t size)
{
    if (is_number_only(text, size)) return BOOK_NUMBER;
    if (is_ornament(text, size)) return BOOK_ORNAMENT;
    /* "XLIII. ONCE MORE!", but not "9, RUSSELL ROAD". */
    size_t first = word_size(text, size);
    if (book_heading_capitals(text, size) && is_numeral(text, first) && text[first - 1] != ',')
        return BOOK_CHAPTER;
    /* Shouting is text ("HELP!"), and so is the beginning of a letter ("MY DEAR TOM,"). */
    if (book_heading_capitals(text, size) && !strchr("!?,\"'", text[size - 1])) return BOOK_TITLE;
    if (size > LONGEST_HEADING || text[0] == '"' || text[0] == '\'') return BOOK_TEXT;
    size_t bare = without_end_marks(text, size);
    if (same_word(text, bare, "contents")) return BOOK_CONTENTS;
    if (isupper((unsigned char)text[0]) && in_list(text, bare, whole_words)) return BOOK_TITLE;
    if (is_numbered_division(text, size)) return BOOK_CHAPTER;
    return BOOK_TEXT;
}

bool book_heading_like_title(const char *text, size_t size)
{
    if (size > LONGEST_TITLE ||
        !(isupper((unsigned char)text[0]) || isdigit((unsigned char)text[0])))
        return false;
    char end = text[size - 1];
    if (isalnum((unsigned char)end)) return true;
    if (end != '.') return false;
    /* "The Subterranean Way." but not "He went home.": longer words begin with capitals. */
    size_t long_words = 0, capitals = 0;
    for (size_t i = 0, n; i < size; i += n + 1) {
        n = word_size(text + i, size - i);
        if (n <= 4 && i > 0) continue;
        long_words++;
        capitals += isupper((unsigned char)text[i]) != 0;
    }
    return long_words >= 2 && capitals * 4 >= long_words * 3;
}
