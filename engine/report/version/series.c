#include "report/version/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* The next field of a line, cut off where it ends; *rest moves behind it. NULL: there is none left. */
static char *next_field(char **rest)
{
    char *field = *rest;
    if (!field) return NULL;
    char *comma = strchr(field, ',');
    if (comma) *comma = '\0';
    *rest = comma ? comma + 1 : NULL;
    return field;
}

static size_t count(const char *text, char wanted)
{
    size_t n = 0;
    for (; *text; text++) n += *text == wanted;
    return n;
}

static bool read_header(Series *series, char *line, Arena *arena, Error *err)
{
    series->column = arena_alloc(arena, count(line, ',') + 1, sizeof(char *), err);
    if (!series->column) return false;
    for (char *name; (name = next_field(&line)) != NULL;)
        series->column[series->n_columns++] = name;
    return true;
}

static bool read_row(Series *series, char *line, Error *err)
{
    double *value = series->value + series->n_rows++ * series->n_columns;
    for (size_t c = 0; c < series->n_columns; c++) {
        char *field = next_field(&line), *end = field;
        if (field) value[c] = strtod(field, &end);
        if (end == field || *end != '\0' || (c + 1 == series->n_columns && line))
            return error_set(err, "%s:%zu: is not a row of %zu numbers", series->path,
                             series->n_rows + 1, series->n_columns);
    }
    return true;
}

bool series_read(Series *series, const char *folder, const char *name, Arena *arena, Error *err)
{
    char *bytes;
    size_t size;
    *series = (Series){.path = file_join(arena, folder, name, err)};
    if (!series->path || !file_read(&bytes, &size, series->path, arena, err)) return false;
    size_t n_lines = count(bytes, '\n');
    for (char *line = bytes; *line;) {
        char *end = line + strcspn(line, "\n");
        char *next = *end ? end + 1 : end;
        *end = '\0';
        if (line == bytes) {
            if (!read_header(series, line, arena, err)) return false;
            series->value =
                arena_alloc(arena, (n_lines + 1) * series->n_columns, sizeof(double), err);
            if (!series->value) return false;
        } else if (!read_row(series, line, err)) {
            return false;
        }
        line = next;
    }
    return series->n_columns > 0 || error_set(err, "%s: is empty", series->path);
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
