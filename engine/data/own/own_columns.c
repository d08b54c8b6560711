#include "data/own/own_columns.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"

/* --- what a column holds ------------------------------------------------------------------------ */

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static size_t count_words(const char *text)
{
    size_t n = 0;
    for (const char *c = text; *c; c++)
        n += !isspace((unsigned char)*c) && (c == text || isspace((unsigned char)c[-1]));
    return n;
}

/* As rows are read: the whole field is a number (dataset_answer.c). */
static bool read_number(double *number, const char *text)
{
    char *end;
    *number = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*number);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_number(const void *a, const void *b)
{
    const double x = strtod(*(const char *const *)a, NULL),
                 y = strtod(*(const char *const *)b, NULL);
    return x != y ? (x > y) - (x < y) : by_bytes(a, b);
}

static void note_field(OwnColumn *column, const char *field, const char *file, int line)
{
    double number;
    column->words += (double)count_words(field);
    if (is_blank(field) && column->n_empty++ == 0) {
        column->empty_file = file;
        column->empty_line = line;
    }
    if (!read_number(&number, field)) column->numeric = false;
    if (!column->numeric) return;
    column->whole &= number == floor(number);
    column->low = fmin(column->low, number);
    column->high = fmax(column->high, number);
}

/* `field` [n] is sorted, equal ones side by side. */
static bool count_values(OwnColumn *column, const char **field, size_t n, Arena *arena, Error *err)
{
    column->value = arena_alloc(arena, n, sizeof *column->value, err);
    column->count = arena_alloc(arena, n, sizeof *column->count, err);
    if (!column->value || !column->count) return false;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(field[i], field[i - 1]) != 0)
            column->value[column->n_values++] = field[i];
        column->count[column->n_values - 1]++;
    }
    return true;
}

static bool count_column(OwnColumn *column, size_t c, const OwnRows *files, size_t n_files,
                         size_t n_rows, Arena *arena, Error *err)
{
    const char **field = arena_alloc(arena, n_rows, sizeof *field, err);
    size_t n = 0;
    if (!field) return false;
    column->numeric = column->whole = true;
    column->low = (double)INFINITY;
    column->high = -(double)INFINITY;
    for (size_t f = 0; f < n_files; f++)
        for (size_t r = 0; r < files[f].n; r++) {
            if (!interrupt_check(err)) return false;
            field[n++] = files[f].field[r][c];
            note_field(column, files[f].field[r][c], files[f].origin, files[f].line[r]);
        }
    if (n > 1) qsort(field, n, sizeof *field, column->numeric ? by_number : by_bytes);
    if (n > 0) column->words /= (double)n;
    return count_values(column, field, n, arena, err);
}

bool own_columns_count(OwnColumns *columns, const TextList *names, const OwnRows *files,
                       size_t n_files, Arena *arena, Error *err)
{
    *columns =
        (OwnColumns){.n = names->n, .items = arena_alloc(arena, names->n, sizeof(OwnColumn), err)};
    for (size_t f = 0; f < n_files; f++) columns->n_rows += files[f].n;
    for (size_t c = 0; columns->items && c < names->n; c++) {
        columns->items[c].name = names->text[c];
        if (!count_column(&columns->items[c], c, files, n_files, columns->n_rows, arena, err))
            return false;
    }
    return columns->items != NULL;
}

bool own_columns_are_targets(const OwnColumn *column, size_t n_rows)
{
    enum { FEW_NUMBERS = 10, FEW_INTEGERS = 20 };
    if (!column->numeric) return false;
    return column->whole ? column->n_values > FEW_INTEGERS && column->n_values < n_rows
                         : column->n_values > FEW_NUMBERS;
}
