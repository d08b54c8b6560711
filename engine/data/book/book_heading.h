/* What in a book is not its text: headings, contents, page numbers, rules, notes on pictures.
 *
 * All functions look at one paragraph (or one line), white space already collapsed. They are pure and
 * know English books only. */
#ifndef DATA_BOOK_HEADING_H
#define DATA_BOOK_HEADING_H

#include <stdbool.h>
#include <stddef.h>

typedef enum BookHeading {
    BOOK_TEXT,     /* none of the following */
    BOOK_NUMBER,   /* a number only: a page, or a chapter without a name */
    BOOK_CHAPTER,  /* "Chapter IV. The Storm", "BOOK FIRST", "End of Volume I" */
    BOOK_TITLE,    /* "PREFACE", "THE END", or any line in capitals */
    BOOK_CONTENTS, /* "CONTENTS": a list of chapters follows */
    BOOK_ORNAMENT, /* asterisks, dashes, [Illustration: ...] */
} BookHeading;

BookHeading book_heading_kind(const char *text, size_t size);

/* Reads like a title: short, a capital first, no end of a sentence. Only to be believed next to a heading. */
bool book_heading_like_title(const char *text, size_t size);

/* Every letter a capital, and at least three of them. */
bool book_heading_capitals(const char *text, size_t size);

#endif
