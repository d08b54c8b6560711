/* The tables of a result, one after the other: the scores, then a table for each kind of probe; of one with
 * neither, its language models. */
#ifndef REPORT_TABLES_H
#define REPORT_TABLES_H

#include "report/table/table.h"
#include "result/result.h"

typedef struct Tables {
    size_t n;
    Table items[N_PROBE_KINDS + 1];
} Tables;

bool tables_make(Tables *tables, const Result *result, Error *err) MUST_USE;

bool tables_write(Buffer *text, const Tables *tables, const TableSpelling *spelling,
                  Error *err) MUST_USE;

/* In LaTeX as a float with caption and label: for a result's experiment and scale. */
bool tables_write_float(Buffer *latex, const Tables *tables, const Result *result,
                        Error *err) MUST_USE;
#define TABLES_FLOAT_FILE "table-float.tex"

extern const TableSpelling *const tables_spellings[]; /* NULL-terminated */

#endif
