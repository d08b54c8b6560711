/* How rows stand in a text, and how far the reading of one has come: a part of rows.h. */
#ifndef DATA_ROWS_LAYOUT_H
#define DATA_ROWS_LAYOUT_H

#include "base/encoding.h"
#include "spec/field.h"

typedef enum RowsFormat {
    ROWS_TSV,
    ROWS_CSV,
    ROWS_JSON_LINES,
    ROWS_JSON,
    ROWS_XML,
    ROWS_BLOCKS
} RowsFormat;

enum { ROWS_MAX_STARS = 2 };

typedef struct RowsLayout {
    RowsFormat format;
    Encoding encoding;   /* of the bytes; xml says its own */
    bool header;         /* tsv, csv: the first line names the columns, and must name these */
    bool more_columns;   /* tsv, csv: others may follow the named ones: they are passed over */
    char delimiter;      /* csv: between fields; 0: a comma */
    TextList columns;    /* names, in order */
    TextList paths;      /* trees: where each column is found; none: under its name */
    TextList separators; /* tsv: what stands after each column but the last; none: tabs */
    int repeated; /* tsv: the last so many columns come several times in a line, a row each time;
                            0: each column comes once */
} RowsLayout;

typedef struct Rows {
    RowsLayout layout;
    const char *origin;   /* for messages */
    const char *at, *end; /* what is still to be read */
    int line;             /* of the row read last, from 1; of a document: the number of the row */
    int part;             /* of the row: its place in the line or in the innermost list, from 1 */
    int next_line;
    int parts_read; /* of the line at `at` */
    struct {
        Json *root;
        int n_stars;
        size_t item[ROWS_MAX_STARS]; /* of the next row */
    } tree;
    Arena *arena; /* where fields go */
} Rows;

#endif
