/* A table as pure data, whatever it shows and however it is spelled. */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "base/buffer.h"
#include "spec/field.h"

typedef enum TableKind {
    TABLE_NOTHING,
    TABLE_SCORE,  /* times 100, with its interval */
    TABLE_EFFECT, /* the same, with its sign */
    TABLE_PLAIN,  /* a score without an interval */
    TABLE_PAPER,  /* the same, not ours: shown muted */
    TABLE_NUMBER, /* as it is, with its interval if there is one */
    TABLE_CHANGE, /* the same, with its sign */
    TABLE_MILLIONS,
    TABLE_WORDS /* `words` */
} TableKind;

typedef enum TableBest {
    TABLE_BEST_NOT,
    TABLE_BEST_HERE, /* of its column, among our own cells; shown underlined */
    TABLE_BEST_APART /* and its interval lies apart from all others'; shown bold */
} TableBest;

typedef struct TableField {
    TableKind kind;
    double value, low, high; /* low NaN: no interval */
    TableBest best;
    bool degenerate;   /* constant predictions in some runs */
    const char *words; /* plain text */
    const char *stage; /* key of the first that made it; NULL: of none alone */
} TableField;

typedef struct TableColumn {
    const char *title, *unit; /* "sst2", "accuracy" */
    const char *task;         /* what scores stand in it; NULL: none */
    int digits;               /* of TABLE_NUMBER and TABLE_CHANGE, behind the point */
} TableColumn;

typedef enum TableRowKind {
    TABLE_ROW_CELL,
    TABLE_ROW_PAPER, /* of the cell above */
    TABLE_ROW_EFFECT,
    TABLE_ROW_OTHER
} TableRowKind;

typedef struct TableRow {
    const char *title;
    TableRowKind kind;
    bool begins; /* a group of rows: a rule above */
} TableRow;

/* Columns under one heading, a table of their own with the same rows. */
typedef struct TableBlock {
    const char *title; /* NULL: none */
    size_t begin, n;
} TableBlock;

typedef struct Table {
    const char *title;      /* NULL: the scores */
    const char *experiment; /* that measured it */
    size_t n_rows, n_columns, n_blocks;
    TableRow *row;
    TableColumn *column;
    TableBlock *block;
    TableField *field;    /* [n_rows * n_columns] */
    TextList notes;       /* below the table, a sentence or two each */
    TextList plain_notes; /* the same where there is neither bold nor underlined nor italic */
} Table;

/* Empty rows and columns to be filled; one block with all columns. */
bool table_allocate(Table *table, size_t most_rows, size_t n_columns, size_t most_notes,
                    Arena *arena, Error *err) MUST_USE;
/* Below the table; `plain`: the same where there is no bold, underlined or italic. Room for it was asked for. */
void table_add_note(Table *table, const char *typeset, const char *plain);

TableField *table_field(const Table *table, size_t row, size_t column);

/* Marks the best of the rows of cells in a column; nothing where there is one row. */
void table_mark_best(Table *table, size_t column, bool highest);

/* Whether a row has anything in the columns of a block. */
bool table_row_shown(const Table *table, const TableBlock *block, size_t row);

/* How tables are written. Adding one is a file, table_NAME.c, and a row in tables.c. */
typedef struct TableSpelling {
    const char *file;    /* "table.md" */
    const char *head;    /* before the first table */
    const char *between; /* two tables */
    bool (*write)(Buffer *text, const Table *table, Error *err);
} TableSpelling;

#define TABLE_MARKDOWN_FILE "table.md"

extern const TableSpelling table_markdown, table_latex; /* those of a version */
extern const TableSpelling table_html;                  /* of the site of the paper */

#endif
