/* The table of a result: cells down, tasks across, test scores times 100 with 95 % intervals, paired effects,
 * the paper's numbers, held-out perplexity. One table, written as Markdown or LaTeX. */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "report/draft.h"

typedef enum TableKind {
    TABLE_NOTHING,
    TABLE_SCORE,
    TABLE_EFFECT,
    TABLE_PLAIN,
    TABLE_PERPLEXITY
} TableKind;

typedef struct TableField {
    TableKind kind;
    double value, low, high;
    bool best;       /* of its column */
    bool degenerate; /* constant predictions in some runs */
} TableField;

typedef struct TableColumn {
    const char *title, *unit; /* "sst2", "accuracy" */
} TableColumn;

typedef struct Table {
    size_t n_rows, n_columns;
    const char **row;    /* [n_rows] titles */
    TableColumn *column; /* [n_columns] */
    TableField *field;   /* [n_rows * n_columns] */
    TextList notes;      /* below the table, a sentence or two each */
} Table;

bool table_make(Table *table, const Draft *draft, Error *err) MUST_USE;

bool table_markdown(Buffer *text, const Table *table, Error *err) MUST_USE;
bool table_latex(Buffer *text, const Table *table,
                 Error *err) MUST_USE; /* needs the package booktabs */

#endif
