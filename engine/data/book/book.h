/* Plain-text books to running text: one paragraph a line, nothing that is not prose or verse.
 *
 * Books on the net are typed by many hands. Some have one paragraph a line; others are wrapped at 60 to
 * 100 columns, with paragraphs parted by empty lines, or by an indent, or by nothing but a last line
 * that stops short. book_clean reads the layout off the text itself:
 *
 *   lines       BOM, control characters and emphasis marks (_word_) go; any line ending; white space
 *               (no-break spaces and tabs too) collapses to one space
 *   paragraphs  wrapped lines are joined (book_lines.h); words split at a line's end are made whole
 *   furniture   chapter headings and their titles, contents, page numbers, rules, illustration notes
 *               and the title page are dropped (book_heading.h)
 *
 * A pure function of the bytes. What it yields decides what models are trained on, so any change to it
 * raises BOOK_VERSION, which is part of the data set's hash. */
#ifndef DATA_BOOK_H
#define DATA_BOOK_H

#include "base/buffer.h"

enum { BOOK_VERSION = 1 };

typedef enum BookLayout {
    BOOK_PLAIN,    /* wrapped or not, as above */
    BOOK_MARKDOWN, /* one paragraph, or one line of verse, a line (book_markdown.h) */
    BOOK_WHOLE, /* any text, no book: lines and paragraphs as above; nothing counts as furniture */
} BookLayout;
extern const char
    *const book_layout_words[]; /* "plain-books", "markdown-books", "text"; NULL-terminated */

/* Adds the cleaned text to `text`; `size` bytes of UTF-8 at `bytes`. Empty in, nothing out. */
bool book_clean(Buffer *text, const char *bytes, size_t size, BookLayout layout, Arena *scratch,
                Error *err) MUST_USE;

#endif
