#include "data/book/book.h"

#include <ctype.h>
#include <string.h>

#include "data/book/book_heading.h"
#include "data/book/book_lines.h"
#include "data/book/book_markdown.h"

const char *const book_layout_words[] = {"plain-books", "markdown-books", "text", NULL};

enum {
    PROSE_BYTES = 120, /* the text begins with a paragraph of this length; a title page has none */
    MOST_TITLES = 3,   /* paragraphs that may follow a chapter heading and belong to it */
};

typedef struct Cleaner {
    BookLines lines;
    Buffer joined; /* the paragraph being put together */
    Buffer *text;
    const char *bytes; /* the whole book, to look words up in */
    size_t size;
    int titles_left; /* paragraphs that may still be the title of the last heading */
    bool whole;      /* nothing is furniture */
    bool paged;      /* the ends of printed pages may part a sentence */
    bool begun;      /* the title page is over */
    bool in_contents;
    bool in_chapter;   /* a numbered heading has been seen that is not in a list of contents */
    bool may_continue; /* nothing but page numbers and pictures since the last paragraph kept */
} Cleaner;

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool has_word(const Cleaner *cleaner, const char *word, size_t size)
{
    const char *at = cleaner->bytes, *end = cleaner->bytes + cleaner->size;
    while ((at = memmem(at, (size_t)(end - at), word, size)) != NULL) {
        bool begins = at == cleaner->bytes || !is_letter(at[-1]);
        if (begins && (at + size == end || !is_letter(at[size]))) return true;
        at++;
    }
    return false;
}

/* "differ-" + "ence" is one word if the book has it whole elsewhere; "toy-" + "maker" keeps its hyphen. */
static bool is_split_word(const Cleaner *cleaner, const Buffer *left, const char *right,
                          size_t right_size)
{
    size_t begin = left->size - 1, end = 0;
    while (begin > 0 && is_letter(left->data[begin - 1])) begin--;
    while (end < right_size && is_letter(right[end])) end++;
    size_t head = left->size - 1 - begin;
    char word[64];
    if (head + end > sizeof word) return false;
    memcpy(word, left->data + begin, head);
    memcpy(word + head, right, end);
    return has_word(cleaner, word, head + end);
}

/* Adds what goes on with the same sentence: after a space, or after the hyphen a word was split at. */
static bool join(const Cleaner *cleaner, Buffer *left, const char *right, size_t size, Error *err)
{
    bool hyphen = left->size >= 2 && left->data[left->size - 1] == '-' &&
                  is_letter(left->data[left->size - 2]) && islower((unsigned char)right[0]);
    if (hyphen && is_split_word(cleaner, left, right, size)) left->size--;
    if (!hyphen && left->size > 0 && !buffer_add_char(left, ' ', err)) return false;
    return buffer_add(left, right, size, err);
}

static bool ends_sentence(const char *text, size_t size)
{
    return strchr(".!?\"'", text[size - 1]) != NULL;
}

/* Whether this paragraph is of the book's text; moves the state on. */
static bool is_kept(Cleaner *cleaner, const char *text, size_t size)
{
    if (cleaner->whole) return true;
    BookHeading kind = book_heading_kind(text, size);
    if (kind == BOOK_NUMBER || kind == BOOK_ORNAMENT) {
        if (kind == BOOK_NUMBER) cleaner->titles_left = MOST_TITLES;
        cleaner->in_chapter |= kind == BOOK_NUMBER && !cleaner->in_contents;
        return false;
    }
    bool title =
        (cleaner->titles_left > 0 || cleaner->in_contents) && book_heading_like_title(text, size);
    if (kind != BOOK_TEXT || title) {
        cleaner->titles_left = kind == BOOK_TEXT    ? cleaner->titles_left - 1
                               : kind == BOOK_TITLE ? 1
                                                    : MOST_TITLES;
        cleaner->in_contents |= kind == BOOK_CONTENTS;
        cleaner->in_chapter |= kind == BOOK_CHAPTER && !cleaner->in_contents;
        cleaner->may_continue = false;
        return false;
    }
    cleaner->titles_left = 0;
    if (size >= PROSE_BYTES) cleaner->in_contents = false;
    cleaner->begun |= size >= PROSE_BYTES || (cleaner->in_chapter && ends_sentence(text, size));
    return cleaner->begun;
}

/* A paragraph that stopped in mid-sentence goes on in one that begins with a small letter: a page ended. */
static bool continues(const Cleaner *cleaner, const char *text)
{
    if (!cleaner->paged || !cleaner->may_continue || !islower((unsigned char)text[0])) return false;
    char last = cleaner->text->data[cleaner->text->size - 2];
    return is_letter(last) || strchr(",;-", last);
}

static bool end_paragraph(Cleaner *cleaner, Error *err)
{
    Buffer *joined = &cleaner->joined, *text = cleaner->text;
    if (joined->size > 0 && is_kept(cleaner, joined->data, joined->size)) {
        bool goes_on = continues(cleaner, joined->data);
        if (goes_on) text->size--; /* the end of the line before */
        bool added = goes_on ? join(cleaner, text, joined->data, joined->size, err)
                             : buffer_add(text, joined->data, joined->size, err);
        if (!added || !buffer_add_char(text, '\n', err)) return false;
        cleaner->may_continue = true;
    }
    buffer_clear(joined);
    return true;
}

static bool clean(Cleaner *cleaner, Error *err)
{
    for (size_t i = 0; i < cleaner->lines.n; i++) {
        const BookLine *line = &cleaner->lines.items[i];
        if (i > 0 && book_lines_begins_paragraph(&cleaner->lines, i) &&
            !end_paragraph(cleaner, err))
            return false;
        if (!join(cleaner, &cleaner->joined, line->text, line->size, err)) return false;
    }
    return end_paragraph(cleaner, err);
}

bool book_clean(Buffer *text, const char *bytes, size_t size, BookLayout layout, Arena *scratch,
                Error *err)
{
    Buffer plain = buffer_create(scratch);
    if (layout == BOOK_MARKDOWN) {
        if (!book_markdown_to_plain(&plain, bytes, size, err)) return false;
        bytes = plain.data;
        size = plain.size;
    }
    Cleaner cleaner = {.joined = buffer_create(scratch),
                       .text = text,
                       .bytes = bytes,
                       .size = size,
                       .whole = layout == BOOK_WHOLE,
                       .paged = layout == BOOK_PLAIN};
    if (!book_lines_read(&cleaner.lines, bytes, size, scratch, err)) return false;
    if (layout == BOOK_MARKDOWN) cleaner.lines.wrapped = false;
    return clean(&cleaner, err);
}
