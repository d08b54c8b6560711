#include "result/curves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "data/rows/rows.h"

const char *const curves_measure_words[] = {
    "pre-training loss", "held-out perplexity", "task loss", "LM loss",
    "validation loss",   "validation score",    NULL,
};

bool curves_add(Curves *curves, CurvePoint point, Arena *arena, Error *err)
{
    CurvePoint *points =
        arena_grow(arena, curves->points, curves->n, &curves->capacity, sizeof *points, err);
    if (!points) return false;
    curves->points = points;
    curves->points[curves->n++] = point;
    return true;
}

static bool write_point(Buffer *csv, const CurvePoint *point, const Numbers *numbers, Error *err)
{
    const bool pretraining = point->task < 0;
    const NumbersTask *task = numbers->tasks.items;
    if (!csv_text(csv, curves_measure_words[point->measure], err) ||
        !csv_text(csv, numbers->cells.text[point->cell], err) ||
        !csv_text(csv, pretraining ? "" : task[point->task].name, err))
        return false;
    bool ok = pretraining ? buffer_format(csv, err, ",%.9g,%.9g,,", point->update, point->tokens)
                          : buffer_format(csv, err, "%lld,%.9g,,%.6g,", (long long)point->seed,
                                          point->update, point->epoch);
    if (!ok || !csv_number(csv, point->value, err)) return false;
    csv_end(csv);
    return true;
}

bool curves_write(Buffer *csv, const Curves *curves, const Numbers *numbers, Error *err)
{
    if (!buffer_add_text(csv, "measure,cell,task,seed,update,tokens,epoch,value\n", err))
        return false;
    for (size_t i = 0; i < curves->n; i++)
        if (!write_point(csv, &curves->points[i], numbers, err)) return false;
    return true;
}

/* --- reading --------------------------------------------------------------------------------------- */

enum { MEASURE, CELL, TASK, SEED, UPDATE, TOKENS, EPOCH, VALUE, N_COLUMNS };
static const char *column_names[N_COLUMNS] = {"measure", "cell",   "task",  "seed",
                                              "update",  "tokens", "epoch", "value"};

/* What does not apply is empty. */
static double number(const char *field, double if_empty)
{
    return *field ? strtod(field, NULL) : if_empty;
}

static int find_word(const char *const *words, const char *word)
{
    for (int i = 0; words[i]; i++)
        if (!strcmp(words[i], word)) return i;
    return -1;
}

static bool read_point(CurvePoint *point, const char *const *field, const Numbers *numbers)
{
    int measure = find_word(curves_measure_words, field[MEASURE]);
    *point = (CurvePoint){.measure = (CurvesMeasure)measure,
                          .cell = spec_list_find(&numbers->cells, field[CELL]),
                          .task = *field[TASK] ? numbers_task_place(numbers, field[TASK]) : -1,
                          .seed = strtoll(field[SEED], NULL, 10),
                          .update = number(field[UPDATE], 0),
                          .tokens = number(field[TOKENS], 0),
                          .epoch = number(field[EPOCH], 0),
                          .value = number(field[VALUE], (double)NAN)};
    return measure >= 0 && point->cell >= 0 && (!*field[TASK] || point->task >= 0);
}

bool curves_read(Curves *curves, const char *path, const Numbers *numbers, Arena *arena, Error *err)
{
    const RowsLayout layout = {
        .format = ROWS_CSV, .header = true, .columns = {N_COLUMNS, column_names}};
    const char *field[N_COLUMNS];
    char *bytes;
    size_t size;
    bool more, ok;
    Rows rows;
    *curves = (Curves){0};
    if (!file_read(&bytes, &size, path, arena, err) ||
        !rows_begin(&rows, &layout, path, bytes, size, arena, err))
        return false;
    while ((ok = rows_next(&more, field, &rows, err)) && more) {
        CurvePoint point;
        if (!read_point(&point, field, numbers))
            return error_set(err, "%s:%d: is not of a measure, a cell and a task of this result",
                             path, rows.line);
        if (!curves_add(curves, point, arena, err)) return false;
    }
    return ok;
}
