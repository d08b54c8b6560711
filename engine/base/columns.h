/* Rows of words in columns: aligned for who reads at a terminal, tab-separated for programs. */
#ifndef BASE_COLUMNS_H
#define BASE_COLUMNS_H

#include <stdint.h>

#include "base/buffer.h"

typedef struct Columns {
    size_t n;           /* of a row */
    size_t n_fields;    /* of all rows, those of the head first */
    const char **field; /* borrowed */
    size_t room;
    uint32_t right; /* a bit a column: to the right, numbers or not */
    Arena *arena;
} Columns;

/* At most 32. */
Columns columns_create(size_t n, Arena *arena);

/* Amounts, "2.5 M", stand to the right as plain numbers do. */
void columns_right(Columns *columns, size_t column);

/* The next field; the first row are the heads, which may all be empty: then there is no head. NULL fails with the error
 * that is in err already. */
bool columns_add(Columns *columns, const char *field, Error *err) MUST_USE;
bool columns_format(Columns *columns, Error *err, const char *format, ...)
    PRINTF_LIKE(3, 4) MUST_USE;

/* Once all rows are there: leaves out columns, by their heads, in this order, until no line is wider than `width`. */
void columns_narrow(Columns *columns, const char *const *heads, size_t n, size_t width);

/* In lines of at most `width` columns of a terminal, by cutting off the ends of the last column; numbers to the right.
 * Width 0: tab-separated. */
bool columns_write(Buffer *text, const Columns *columns, size_t width, Error *err) MUST_USE;

#endif
