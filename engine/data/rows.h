/* Rows of text fields out of tables: TSV, CSV, JSON lines.
 *
 *   tsv         fields parted by tabs, no quoting: a quotation mark is a letter like others
 *   csv         fields parted by commas; "..." may hold commas, line ends and "" for "
 *   json lines  an object a line; fields are the values of the named columns (texts or integers)
 *
 * Lines end in LF or CR LF; a byte order mark and empty lines are passed over.
 *
 * Errors  name origin and line: a wrong number of fields, a wrong header, an open quotation, zero bytes */
#ifndef DATA_ROWS_H
#define DATA_ROWS_H

#include "spec/field.h"

typedef enum RowsFormat { ROWS_TSV, ROWS_CSV, ROWS_JSON_LINES } RowsFormat;

typedef struct RowsLayout {
    RowsFormat format;
    bool header;       /* the first line names the columns, and must name these (not: json lines) */
    bool more_columns; /* others may follow the named ones: they are passed over */
    TextList columns;  /* names, in order */
} RowsLayout;

typedef struct Rows {
    RowsLayout layout;
    const char *origin;   /* for messages */
    const char *at, *end; /* what is still to be read */
    int line;             /* of the row read last, from 1 */
    int next_line;
    Arena *arena; /* where fields go */
} Rows;

/* Begins to read `size` bytes (borrowed) and checks the header, if there is to be one. */
bool rows_begin(Rows *rows, const RowsLayout *layout, const char *origin, const char *bytes,
                size_t size, Arena *arena, Error *err) MUST_USE;

/* The next row's fields, one a column, zero-terminated; *more is false at the end. */
bool rows_next(bool *more, const char **fields, Rows *rows, Error *err) MUST_USE;

#endif
