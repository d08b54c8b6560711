#include "report/version/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "data/rows/rows.h"

static size_t count(const char *text, size_t size, char wanted)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++) n += text[i] == wanted;
    return n;
}

/* The names in the first row. */
static bool read_header(Series *series, const char *bytes, size_t size, Arena *arena, Error *err)
{
    CsvReader reader = csv_reader(series->path, bytes, size);
    if (!csv_next_row(&reader)) return error_set(err, "%s: is empty", series->path);
    series->column = arena_alloc(arena, count(bytes, size, ',') + 1, sizeof(char *), err);
    if (!series->column) return false;
    for (bool last = false; !last;) {
        Buffer name = buffer_create(arena);
        if (!buffer_add_text(&name, "", err) || !csv_read(&name, &last, &reader, err)) return false;
        series->column[series->n_columns++] = name.data;
    }
    return true;
}

static bool read_row(Series *series, const char *const *field, const Rows *rows, Error *err)
{
    double *value = series->value + series->n_rows++ * series->n_columns;
    for (size_t c = 0; c < series->n_columns; c++) {
        char *end;
        value[c] = strtod(field[c], &end);
        if (end == field[c] || *end)
            return error_set(err, "%s:%d: '%s' is no number", series->path, rows->line, field[c]);
    }
    return true;
}

static bool read_rows(Series *series, const char *bytes, size_t size, Arena *arena, Error *err)
{
    const RowsLayout layout = {
        .format = ROWS_CSV, .header = true, .columns = {series->n_columns, series->column}};
    const char **field = arena_alloc(arena, series->n_columns, sizeof *field, err);
    bool more, ok;
    Rows rows;
    size_t n = (count(bytes, size, '\n') + 1) * series->n_columns;
    series->value = arena_alloc(arena, n, sizeof(double), err);
    if (!field || !series->value ||
        !rows_begin(&rows, &layout, series->path, bytes, size, arena, err))
        return false;
    ArenaMark mark = arena_mark(arena);
    while ((ok = rows_next(&more, field, &rows, err)) && more) {
        if (!read_row(series, field, &rows, err)) return false;
        arena_reset(arena, mark);
    }
    return ok;
}

bool series_read(Series *series, const char *folder, const char *name, Arena *arena, Error *err)
{
    char *bytes;
    size_t size;
    *series = (Series){.path = file_join(arena, folder, name, err)};
    return series->path && file_read(&bytes, &size, series->path, arena, err) &&
           read_header(series, bytes, size, arena, err) &&
           read_rows(series, bytes, size, arena, err);
}

int series_column(const Series *series, const char *name, Error *err)
{
    for (size_t c = 0; c < series->n_columns; c++)
        if (!strcmp(series->column[c], name)) return (int)c;
    error_set(err, "%s: there is no column '%s'", series->path, name);
    return -1;
}

double series_value(const Series *series, size_t row, int column)
{
    return series->value[row * series->n_columns + (size_t)column];
}

double series_mean(const Series *series, size_t begin, size_t end, int column)
{
    double sum = 0;
    for (size_t row = begin; row < end; row++) sum += series_value(series, row, column);
    return sum / (double)(end - begin);
}
