/* What of a table fits beside what in a journal's column of 84 mm, by the widths of letters; and what titles of
 * neighbouring rows have in common, which is said once above them. */
#ifndef REPORT_TABLE_FIT_H
#define REPORT_TABLE_FIT_H

#include "report/table/table.h"

enum { TABLE_FIT_INDENT = 6 }; /* points, of rows below what they share */

/* Columns of a block that stand side by side, behind titles of rows. */
typedef struct TableFit {
    TableBlock block;
    double title_width; /* points */
} TableFit;

/* The columns of a block from `begin` on that fit beside the titles of its rows; one at least. */
TableFit table_fit_part(const Table *table, const TableBlock *block, size_t begin);

/* How much of a heading's beginning stands on its first line. */
size_t table_fit_line(const char *heading);

/* How many letters at the beginning of a row's title it shares with a row next to it: the title up to its last comma.
 * 0: none. `begins`: the first row that shares them. */
size_t table_fit_shared(const Table *table, const TableBlock *block, size_t row, bool *begins);

#endif
