/* The lines of a plain-text book, and which of them belong together. */
#ifndef DATA_BOOK_LINES_H
#define DATA_BOOK_LINES_H

#include "base/arena.h"

typedef struct BookLine {
    const char *text; /* white space collapsed, no space at either end */
    size_t size;
    bool indented;    /* white space stood before it */
    bool after_blank; /* an empty line, or the start of the book, stands before it */
} BookLine;

typedef struct BookLines {
    size_t n; /* empty lines are not counted */
    BookLine *items;
    bool spaced; /* empty lines part the paragraphs */
    /* 90th percentile of line length: the few longer ones were run together by accident. */
    size_t columns;
    bool wrapped; /* columns <= BOOK_WRAP_COLUMNS */
    /* Columns a line must leave free before its end means the end of a paragraph. */
    size_t room_needed;
} BookLines;

/* The widest of the wrapped novels are set at 100 columns, and the narrowest 90th percentile of those
 * with one paragraph a line is 195. */
enum { BOOK_WRAP_COLUMNS = 120 };

bool book_lines_read(BookLines *lines, const char *bytes, size_t size, Arena *arena,
                     Error *err) MUST_USE;

/* Whether line `index` (> 0) begins a paragraph of its own rather than going on with the one before. */
bool book_lines_begins_paragraph(const BookLines *lines, size_t index);

#endif
