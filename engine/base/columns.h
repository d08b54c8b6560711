/* Rows of words in columns: aligned for who reads at a terminal, tab-separated for programs. */
#ifndef BASE_COLUMNS_H
#define BASE_COLUMNS_H

#include "base/buffer.h"

typedef struct Columns {
    size_t n;           /* of a row */
    size_t n_fields;    /* of all rows, those of the head first */
    const char **field; /* borrowed */
    size_t room;
    Arena *arena;
} Columns;

Columns columns_create(size_t n, Arena *arena);

/* The next field; the first row are the heads, which may all be empty: then there is no head. NULL fails with the error
 * that is in err already. */
bool columns_add(Columns *columns, const char *field, Error *err) MUST_USE;
bool columns_format(Columns *columns, Error *err, const char *format, ...)
    PRINTF_LIKE(3, 4) MUST_USE;

/* In lines of at most `width` columns of a terminal, by cutting off the ends of the last column; numbers to the right.
 * Width 0: tab-separated. */
bool columns_write(Buffer *text, const Columns *columns, size_t width, Error *err) MUST_USE;

#endif
