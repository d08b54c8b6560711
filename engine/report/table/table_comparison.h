/* A comparison as tables: one for each kind of number, a row for each that is compared. */
#ifndef REPORT_TABLE_COMPARISON_H
#define REPORT_TABLE_COMPARISON_H

#include "analysis/comparison.h"
#include "report/table/table.h"

typedef struct TableComparison {
    size_t n;
    Table items[N_COMPARISON_MEASURES];
} TableComparison;

/* The columns of both sides are called a and b. `moved_only` leaves out what is identical. */
bool table_comparison_make(TableComparison *tables, const Comparison *comparison, const char *a,
                           const char *b, bool moved_only, Arena *arena, Error *err) MUST_USE;

#endif
