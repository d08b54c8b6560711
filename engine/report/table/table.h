/* The tables of a result. Scores: cells down, tasks across, times 100 with 95 % intervals; below a cell the
 * paper's own score; paired effects; held-out perplexity, and parameters where they differ. Probes: a table
 * each. Written as Markdown and as LaTeX. */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "result/draft.h"

typedef enum TableKind {
    TABLE_NOTHING,
    TABLE_SCORE,  /* times 100, with its interval */
    TABLE_EFFECT, /* the same, with its sign */
    TABLE_PLAIN,  /* a score without an interval */
    TABLE_PAPER,  /* the same, not ours: shown muted */
    TABLE_NUMBER, /* as it is, with its interval if there is one */
    TABLE_MILLIONS
} TableKind;

typedef struct TableField {
    TableKind kind;
    double value, low, high; /* low NaN: no interval */
    bool best;               /* of its column, among our own cells */
    bool degenerate;         /* constant predictions in some runs */
} TableField;

typedef struct TableColumn {
    const char *title, *unit; /* "sst2", "accuracy" */
    const char *task;         /* what scores stand in it; NULL: none */
    int digits;               /* of TABLE_NUMBER, behind the point */
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
    const char *title; /* NULL: the scores */
    size_t n_rows, n_columns, n_blocks;
    TableRow *row;
    TableColumn *column;
    TableBlock *block;
    TableField *field; /* [n_rows * n_columns] */
    TextList notes;    /* below the table, a sentence or two each */
} Table;

/* The scores. */
bool table_make(Table *table, const Draft *draft, Error *err) MUST_USE;

/* What was measured on the language models: at most N_PROBE_KINDS tables, *n of them. */
bool table_probe_make(Table *tables, size_t *n, const Draft *draft, Error *err) MUST_USE;

/* Empty rows and columns to be filled; one block with all columns. */
bool table_allocate(Table *table, size_t most_rows, size_t n_columns, size_t most_notes,
                    Arena *arena, Error *err) MUST_USE;
TableField *table_field(const Table *table, size_t row, size_t column);

/* Marks the best of the rows of cells in a column; nothing where there is one row. */
void table_mark_best(Table *table, size_t column, bool highest);

/* Whether a row has anything in the columns of a block. */
bool table_row_shown(const Table *table, const TableBlock *block, size_t row);

/* More columns than this have their intervals on a line of their own, in Markdown; in LaTeX all have. */
enum { TABLE_NARROW = 5 };

bool table_markdown(Buffer *text, const Table *table, Error *err) MUST_USE;
bool table_latex(Buffer *text, const Table *table,
                 Error *err) MUST_USE; /* needs the package booktabs */

/* All of a result, one after the other. */
bool table_write_all(Buffer *markdown, Buffer *latex, const Draft *draft, Error *err) MUST_USE;

/* The sentences below the scores. */
bool table_notes(Table *table, const Draft *draft, Error *err) MUST_USE;
size_t table_most_notes(const Draft *draft);

#endif
