/* Columns of numbers from the CSV files that training leaves in the store. */
#ifndef TRAIN_SERIES_H
#define TRAIN_SERIES_H

#include "base/arena.h"

typedef struct Series {
    size_t n_rows, n_columns;
    const char *const *column; /* [n_columns] names */
    double *value;             /* [n_rows * n_columns] */
    const char *path;
} Series;

/* The first line begins with these columns, "update,loss"; every field after it is a finite number. */
bool series_read(Series *series, const char *folder, const char *name, const char *columns,
                 Arena *arena, Error *err) MUST_USE;

double series_value(const Series *series, size_t row, int column);

/* The mean of a column over rows begin..end. */
double series_mean(const Series *series, size_t begin, size_t end, int column);

#endif
