#include "report/table/table_comparison.h"

#include <math.h>
#include <string.h>

#include "analysis/cell_words.h"

#define SPACE "\u00A0" /* that no line ends at */

enum { COLUMN_A, COLUMN_B, COLUMN_DIFFERENCE, COLUMN_VERDICT, N_COLUMNS };

static bool is_shown(const ComparisonRow *row, const ComparisonMeasure *measure, bool moved_only)
{
    return row->measure == measure && !row->why &&
           !(moved_only && row->verdict == COMPARISON_IDENTICAL);
}

static bool is_score(const ComparisonMeasure *measure)
{
    return measure->scale != 1;
}

static TableField value_field(const ComparisonMeasure *measure, double value)
{
    return (TableField){.kind = is_score(measure) ? TABLE_PLAIN : TABLE_NUMBER,
                        .value = value,
                        .low = (double)NAN,
                        .high = (double)NAN};
}

static TableField difference_field(const ComparisonRow *row)
{
    if (row->verdict == COMPARISON_IDENTICAL) return (TableField){0};
    return (TableField){.kind = is_score(row->measure) ? TABLE_EFFECT : TABLE_CHANGE,
                        .value = row->after - row->before,
                        .low = row->low,
                        .high = row->high};
}

/* "full, sst2" */
static const char *title_of(const ComparisonRow *row, const Experiment *experiment, Arena *arena,
                            Error *err)
{
    const char *cell = cell_words(experiment, row->cell, arena, err);
    const bool score = row->measure == &comparison_measures[COMPARISON_SCORES];
    const char *comma = strchr(row->what, ','), *what = score ? row->what : comma ? comma + 2 : "";
    return cell && *what ? arena_format(arena, err, "%s, %s", cell, what) : cell;
}

static bool add_row(Table *table, const ComparisonRow *row, const Experiment *experiment,
                    const char **cell, Arena *arena, Error *err)
{
    const size_t r = table->n_rows++;
    const char *title = title_of(row, experiment, arena, err);
    table->row[r] = (TableRow){.title = title,
                               .kind = TABLE_ROW_OTHER,
                               .begins = *cell && strcmp(*cell, row->cell) != 0 &&
                                         row->measure == &comparison_measures[COMPARISON_SCORES]};
    *table_field(table, r, COLUMN_A) = value_field(row->measure, row->before);
    *table_field(table, r, COLUMN_B) = value_field(row->measure, row->after);
    *table_field(table, r, COLUMN_DIFFERENCE) = difference_field(row);
    *table_field(table, r, COLUMN_VERDICT) =
        (TableField){.kind = TABLE_WORDS, .words = comparison_verdict_words[row->verdict]};
    *cell = row->cell;
    return title != NULL;
}

bool table_comparison_make(TableComparison *tables, const Comparison *comparison, const char *a,
                           const char *b, bool moved_only, Arena *arena, Error *err)
{
    const Experiment *experiment = comparison->side[1].result->experiment;
    const char *difference = arena_format(arena, err, "%s" SPACE "−" SPACE "%s", b, a);
    const char *verdict = arena_format(arena, err, "%s" SPACE "is", b);
    *tables = (TableComparison){0};
    if (!difference || !verdict) return false;
    for (int m = 0; m < N_COMPARISON_MEASURES; m++) {
        const ComparisonMeasure *measure = &comparison_measures[m];
        const char *titles[] = {a, b, difference, verdict}, *cell = NULL;
        Table *table = &tables->items[tables->n];
        if (!table_allocate(table, comparison->n, N_COLUMNS, 0, arena, err)) return false;
        table->title = measure->title;
        for (int c = 0; c < N_COLUMNS; c++)
            table->column[c] = (TableColumn){.title = titles[c], .digits = measure->digits};
        for (size_t i = 0; i < comparison->n; i++)
            if (is_shown(&comparison->rows[i], measure, moved_only) &&
                !add_row(table, &comparison->rows[i], experiment, &cell, arena, err))
                return false;
        tables->n += table->n_rows > 0;
    }
    return true;
}
