/* Columns of numbers from the CSV files that training leaves in the store. */
#ifndef REPORT_SERIES_H
#define REPORT_SERIES_H

#include "base/arena.h"

typedef struct Series {
    size_t n_rows, n_columns;
    const char **column; /* [n_columns] names */
    double *value;       /* [n_rows * n_columns] */
    const char *path;
} Series;

/* Every field after the first line is a number. */
bool series_read(Series *series, const char *folder, const char *name, Arena *arena,
                 Error *err) MUST_USE;

/* Its position; -1 and an error when there is no such column. */
int series_column(const Series *series, const char *name, Error *err) MUST_USE;

double series_value(const Series *series, size_t row, int column);

/* The mean of a column over rows begin..end. */
double series_mean(const Series *series, size_t begin, size_t end, int column);

#endif
