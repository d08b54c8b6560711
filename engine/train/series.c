#include "train/series.h"

#include <math.h>
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

/* The names in the first row; NULL on failure. */
static const char **read_header(Series *series, const char *bytes, size_t size, Arena *arena,
                                Error *err)
{
    CsvReader reader = csv_reader(series->path, bytes, size);
    const char *end = memchr(bytes, '\n', size);
    const size_t most = count(bytes, end ? (size_t)(end - bytes) : size, ',') + 1;
    const char **column = arena_alloc(arena, most, sizeof *column, err);
    if (!column) return NULL;
    if (!csv_next_row(&reader)) {
        error_set(err, "%s: is empty", series->path);
        return NULL;
    }
    for (bool last = false; !last;) {
        Buffer name = buffer_create(arena);
        if (!buffer_add_text(&name, "", err) || !csv_read(&name, &last, &reader, err)) return NULL;
        column[series->n_columns++] = name.data;
    }
    return column;
}

/* They begin with these, "update,loss". */
static bool check_columns(const Series *series, const char *const *column, const char *wanted,
                          Error *err)
{
    const char *word = wanted;
    for (size_t c = 0; word; c++) {
        const size_t size = strcspn(word, ",");
        if (c == series->n_columns || strlen(column[c]) != size ||
            strncmp(column[c], word, size) != 0)
            return error_set(err, "%s: its columns are not %s", series->path, wanted);
        word = word[size] ? word + size + 1 : NULL;
    }
    return true;
}

static bool read_row(Series *series, const char *const *field, const Rows *rows, Error *err)
{
    double *value = series->value + series->n_rows++ * series->n_columns;
    for (size_t c = 0; c < series->n_columns; c++) {
        char *end;
        value[c] = strtod(field[c], &end);
        if (end == field[c] || *end || !isfinite(value[c]))
            return error_set(err, "%s:%d: '%s' is no finite number", series->path, rows->line,
                             field[c]);
    }
    return true;
}

static bool read_rows(Series *series, const char **names, const char *bytes, size_t size,
                      Arena *arena, Error *err)
{
    const RowsLayout layout = {
        .format = ROWS_CSV, .header = true, .columns = {series->n_columns, names}};
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

bool series_read(Series *series, const char *folder, const char *name, const char *columns,
                 Arena *arena, Error *err)
{
    char *bytes;
    size_t size;
    *series = (Series){.path = file_join(arena, folder, name, err)};
    if (!series->path || !file_read(&bytes, &size, series->path, arena, err)) return false;
    const char **names = read_header(series, bytes, size, arena, err);
    series->column = names;
    return names && check_columns(series, names, columns, err) &&
           read_rows(series, names, bytes, size, arena, err);
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
