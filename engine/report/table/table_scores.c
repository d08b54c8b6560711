#include "report/table/table_scores.h"

#include <math.h>
#include <string.h>

#include "analysis/cell_words.h"
#include "report/table/table_notes.h"
#include "report/table/table_perplexity.h"

/* --- columns of the scores ---------------------------------------------------------------------- */

/* Of a cell's first run, or else of its language model; NaN: unknown. */
static double parameters_of(const Numbers *numbers, const char *cell)
{
    const NumbersRun *run = numbers->runs.items;
    const NumbersPretrain *pretrain = numbers->pretrains.items;
    for (size_t i = 0; i < numbers->runs.n; i++)
        if (!strcmp(run[i].cell, cell)) return (double)run[i].parameters;
    for (size_t i = 0; i < numbers->pretrains.n; i++)
        for (size_t k = 0; k < pretrain[i].cells.n; k++)
            if (!strcmp(pretrain[i].cells.text[k], cell)) return (double)pretrain[i].parameters;
    return (double)NAN;
}

static bool parameters_differ(const Numbers *numbers)
{
    double first = (double)NAN;
    for (size_t c = 0; c < numbers->cells.n; c++) {
        double here = parameters_of(numbers, numbers->cells.text[c]);
        if (isnan(first)) first = here;
        else if (here != first && !isnan(here)) return true;
    }
    return false;
}

static void add_task(Table *table, size_t *n, const Numbers *numbers, int at)
{
    const NumbersTask *task = (const NumbersTask *)numbers->tasks.items + at;
    table->column[(*n)++] = (TableColumn){task->name, numbers_task_unit(task), task->name, 0};
}

/* Columns under headings, of those tasks that this scale has. */
static void add_groups(Table *table, size_t *n, const Result *result)
{
    const ExperimentReport *report = &result->experiment->report;
    table->n_blocks = 0;
    for (size_t g = 0; g < report->n_groups; g++) {
        TableBlock *block = &table->block[table->n_blocks];
        *block = (TableBlock){report->groups[g].title, *n, 0};
        for (size_t i = 0; i < report->groups[g].tasks.n; i++) {
            int task = numbers_task_place(result->numbers, report->groups[g].tasks.text[i]);
            if (task >= 0) add_task(table, n, result->numbers, task);
        }
        block->n = *n - block->begin;
        table->n_blocks += block->n > 0;
    }
    if (table->n_blocks == 0) table->block[table->n_blocks++] = (TableBlock){NULL, 0, 0};
}

static size_t most_columns(const Result *result)
{
    const ExperimentReport *report = &result->experiment->report;
    size_t n = result->numbers->tasks.n, listed = 0;
    for (size_t g = 0; g < report->n_groups; g++) listed += report->groups[g].tasks.n;
    return (listed > n ? listed : n) + 3;
}

/* What is not of one task stands at the end of the last block. */
static void make_columns(Table *table, const Result *result)
{
    const Numbers *numbers = result->numbers;
    size_t n = 0;
    if (result->experiment->report.n_groups) add_groups(table, &n, result);
    else
        for (int t = 0; t < (int)numbers->tasks.n; t++) add_task(table, &n, numbers, t);
    if (numbers->tasks.n > 1)
        table->column[n++] =
            (TableColumn){NUMBERS_ALL_TASKS, "mean, as in the paper", NUMBERS_ALL_TASKS, 0};
    if (parameters_differ(result->numbers))
        table->column[n++] = (TableColumn){"parameters", "millions", NULL, 0};
    if (result->numbers->pretrains.n > 0)
        table->column[n++] = (TableColumn){"held-out perplexity", "language model", NULL, 1};
    table->n_columns = n;
    TableBlock *last = &table->block[table->n_blocks - 1];
    last->n = n - last->begin;
}

/* --- rows of the scores ------------------------------------------------------------------------- */

static TableField number(TableKind kind, double value)
{
    return (TableField){.kind = kind, .value = value, .low = (double)NAN, .high = (double)NAN};
}

TableField table_scores_field(const Result *result, const char *cell, const char *task)
{
    const NumbersScore *score = numbers_score(result->numbers, cell, task);
    const ProvenanceStage *stage = provenance_stage_of(&result->provenance, task, cell);
    if (!score) return (TableField){0};
    return (TableField){.kind = TABLE_SCORE,
                        .value = score->mean,
                        .low = score->low,
                        .high = score->high,
                        .degenerate = score->degenerate > 0,
                        .stage = stage ? stage->key : NULL};
}

static TableField field_of(const Result *result, const char *cell, const TableColumn *column)
{
    const Numbers *numbers = result->numbers;
    if (column->task) return table_scores_field(result, cell, column->task);
    if (!strcmp(column->title, "parameters")) {
        double n = parameters_of(numbers, cell);
        return isnan(n) ? (TableField){0} : number(TABLE_MILLIONS, n / 1e6);
    }
    return table_perplexity_field(result, cell);
}

static size_t add_row(Table *table, const char *title, TableRowKind kind, bool begins)
{
    table->row[table->n_rows] = (TableRow){title, kind, begins};
    return table->n_rows++;
}

/* The paper's own mean where all its tasks are ours, the mean of what it gives for ours where it gives all. */
static double paper_mean(const Result *result, const char *name)
{
    const ExperimentReport *report = &result->experiment->report;
    const NumbersTask *task = result->numbers->tasks.items;
    const size_t n_tasks = result->numbers->tasks.n;
    double sum = 0;
    for (size_t t = 0; t < n_tasks; t++) sum += experiment_report_paper(report, name, task[t].name);
    double own = experiment_report_paper(report, name, EXPERIMENT_REPORT_MEAN);
    size_t n_given = json_size(json_get(report->table.paper, name)) - !isnan(own);
    bool same = n_given == n_tasks && !isnan(sum);
    return same && !isnan(own) ? own : sum / (double)n_tasks;
}

static void add_paper(Table *table, const Result *result, const char *name)
{
    const ExperimentReport *report = &result->experiment->report;
    bool any = false;
    size_t row = add_row(table, "in the paper", TABLE_ROW_PAPER, false);
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *task = table->column[c].task;
        if (!task) continue;
        double points = !strcmp(task, NUMBERS_ALL_TASKS)
                            ? paper_mean(result, name)
                            : experiment_report_paper(report, name, task);
        if (isnan(points)) continue;
        *table_field(table, row, c) = number(TABLE_PAPER, points / 100);
        any = true;
    }
    if (!any) table->n_rows--;
}

static bool is_named(const ExperimentCell *cell, const char *name)
{
    return !strcmp(cell->name, name) || !strcmp(cell->variant, name);
}

/* What the paper gives for a cell; for a whole variant, below its last one. */
static void add_paper_of(Table *table, const Result *result, size_t c)
{
    const Experiment *experiment = result->experiment;
    const Json *paper = experiment->report.table.paper;
    const ExperimentCell *cell = &experiment->cells[c];
    bool last = c + 1 == experiment->n_cells ||
                strcmp(experiment->cells[c + 1].variant, cell->variant) != 0;
    if (paper && json_get(paper, cell->name)) add_paper(table, result, cell->name);
    else if (paper && last && json_get(paper, cell->variant))
        add_paper(table, result, cell->variant);
}

static bool add_cell(Table *table, const Result *result, size_t c, Error *err)
{
    const ExperimentCell *cell = &result->experiment->cells[c];
    bool begins = table->n_rows > 0 && json_size(cell->point) > 0 && c > 0 &&
                  strcmp(cell[-1].variant, cell->variant) != 0;
    const char *title = cell_words(result->experiment, cell->name, result->arena, err);
    if (!title) return false;
    size_t row = add_row(table, title, TABLE_ROW_CELL, begins);
    for (size_t i = 0; i < table->n_columns; i++)
        *table_field(table, row, i) = field_of(result, cell->name, &table->column[i]);
    add_paper_of(table, result, c);
    return true;
}

static bool add_cells(Table *table, const Result *result, Error *err)
{
    const Experiment *experiment = result->experiment;
    const TextList *asked = &experiment->report.table.rows;
    for (size_t c = 0; c < experiment->n_cells && asked->n == 0; c++)
        if (!add_cell(table, result, c, err)) return false;
    for (size_t i = 0; i < asked->n; i++)
        for (size_t c = 0; c < experiment->n_cells; c++) {
            bool before = false;
            for (size_t k = 0; k < i; k++)
                before |= is_named(&experiment->cells[c], asked->text[k]);
            if (!before && is_named(&experiment->cells[c], asked->text[i]) &&
                !add_cell(table, result, c, err))
                return false;
        }
    return true;
}

/* --- effects and what scores are held against --------------------------------------------------- */

/* Whether what a name stands for has a row. */
static bool has_row(const Result *result, const char *name)
{
    const Experiment *experiment = result->experiment;
    const TextList *asked = &experiment->report.table.rows;
    for (size_t c = 0; c < experiment->n_cells; c++)
        for (size_t i = 0; is_named(&experiment->cells[c], name) && i < asked->n; i++)
            if (is_named(&experiment->cells[c], asked->text[i])) return true;
    return asked->n == 0;
}

static bool is_shown(const Result *result, const NumbersEffect *effect)
{
    return has_row(result, effect->better) && has_row(result, effect->worse);
}

static bool add_effect(Table *table, const NumbersEffect *named, bool begins, const Result *result,
                       Error *err)
{
    const char *title =
        cell_words_difference(result->experiment, named->better, named->worse, result->arena, err);
    if (!title) return false;
    size_t row = add_row(table, title, TABLE_ROW_EFFECT, begins);
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *task = table->column[c].task;
        const NumbersEffect *effect =
            task ? numbers_effect(result->numbers, named->better, named->worse, task) : NULL;
        if (effect)
            *table_field(table, row, c) = (TableField){.kind = TABLE_EFFECT,
                                                       .value = effect->mean,
                                                       .low = effect->low,
                                                       .high = effect->high};
    }
    return true;
}

/* Effects come by pair, then task: of each pair the first is its name. */
static bool add_effects(Table *table, const Result *result, Error *err)
{
    const NumbersEffect *effect = result->numbers->effects.items;
    bool begins = true;
    for (size_t i = 0; i < result->numbers->effects.n; i++) {
        bool again = i > 0 && !strcmp(effect[i].better, effect[i - 1].better) &&
                     !strcmp(effect[i].worse, effect[i - 1].worse);
        if (again || !is_shown(result, &effect[i])) continue;
        if (!add_effect(table, &effect[i], begins, result, err)) return false;
        begins = false;
    }
    return true;
}

static const NumbersTask *task_named(const Numbers *numbers, const char *name)
{
    int at = name ? numbers_task_place(numbers, name) : -1;
    return at >= 0 ? (const NumbersTask *)numbers->tasks.items + at : NULL;
}

/* Scores without intervals, for comparison. Where the report gives the paper's by row, the data sets' own are
 * left out. */
static void add_others(Table *table, const Result *result)
{
    bool by_row = result->experiment->report.table.paper != NULL, any = false;
    if (result->numbers->tasks.n == 0) return;
    size_t row = add_row(table, "commonest answer", TABLE_ROW_OTHER, true);
    for (size_t c = 0; c < table->n_columns; c++) {
        const NumbersTask *task = task_named(result->numbers, table->column[c].task);
        if (task) *table_field(table, row, c) = number(TABLE_PLAIN, task->baseline);
    }
    row = add_row(table, "the paper's GPT", TABLE_ROW_OTHER, false);
    for (size_t c = 0; c < table->n_columns && !by_row; c++) {
        const NumbersTask *task = task_named(result->numbers, table->column[c].task);
        if (!task || isnan(task->paper_score)) continue;
        *table_field(table, row, c) = number(TABLE_PAPER, task->paper_score);
        any = true;
    }
    if (!any) table->n_rows--;
}

bool table_scores_make(Table *table, const Result *result, Error *err)
{
    const Numbers *numbers = result->numbers;
    size_t most_rows = 2 * numbers->cells.n + numbers->effects.n + 2;
    if (!table_allocate(table, most_rows, most_columns(result), table_notes_most(result),
                        result->arena, err))
        return false;
    table->experiment = result->experiment->name;
    make_columns(table, result);
    if (!add_cells(table, result, err)) return false;
    for (size_t c = 0; c < table->n_columns; c++)
        if (table->column[c].task) table_mark_best(table, c, true);
    if (!add_effects(table, result, err)) return false;
    add_others(table, result);
    return table_notes(table, result, err) && table_perplexity_note(table, result, err);
}
