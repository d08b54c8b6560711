#include <math.h>
#include <string.h>

#include "data/dataset/dataset.h"
#include "report/paper/paper_parts.h"
#include "report/table/table_notes.h"
#include "report/table/table_scores.h"
#include "task/metric.h"

/* What the original reports of a cell's task, as a fraction; NaN: nothing. Where the experiment does not give it by row,
 * manifests do, of the model that is pre-trained: the first. */
static bool original_score(double *score, const Result *result, size_t cell, const char *task,
                           const DatasetPlaces *data, Error *err)
{
    const Experiment *experiment = result->experiment;
    const char *name = strcmp(task, NUMBERS_ALL_TASKS) != 0 ? task : EXPERIMENT_REPORT_MEAN;
    *score = (double)NAN;
    if (experiment->report.table.paper) {
        *score =
            experiment_report_paper(&experiment->report, experiment->cells[cell].name, name) / 100;
        return true;
    }
    if (cell > 0) return true;
    const Dataset *dataset = dataset_open(task, data, result->arena, err);
    if (dataset) *score = dataset_info(dataset)->paper_score / 100;
    return dataset != NULL;
}

static bool is_reported(bool *reported, const Result *result, const char *task,
                        const DatasetPlaces *data, Error *err)
{
    *reported = false;
    for (size_t c = 0; c < result->experiment->n_cells && !*reported; c++) {
        double score;
        if (!original_score(&score, result, c, task, data, err)) return false;
        *reported = !isnan(score);
    }
    return true;
}

static bool original_unit(const char **unit, const char *task, const DatasetPlaces *data,
                          Arena *arena, Error *err)
{
    const Dataset *dataset = dataset_open(task, data, arena, err);
    if (!dataset) return false;
    const Metric *metric = metric_find(dataset_info(dataset)->metric);
    *unit = metric ? metric->title : NULL;
    return true;
}

/* Whether the original gives a mean of its rows. */
static bool has_mean(const Result *result)
{
    const Experiment *experiment = result->experiment;
    for (size_t c = 0; experiment->report.table.paper && c < experiment->n_cells; c++)
        if (!isnan(experiment_report_paper(&experiment->report, experiment->cells[c].name,
                                           EXPERIMENT_REPORT_MEAN)))
            return true;
    return false;
}

/* Tasks that the original reports, and those of ours that stand in their place. */
static bool make_columns(Table *table, const Result *result, const ExperimentColumns *columns,
                         const DatasetPlaces *data, Error *err)
{
    const Numbers *numbers = result->numbers;
    for (size_t i = 0; i < columns->tasks.n; i++) {
        const char *task = columns->tasks.text[i];
        const int place = numbers_task_place(numbers, task);
        const NumbersTask *ours = numbers->tasks.items;
        bool reported;
        if (!is_reported(&reported, result, task, data, err)) return false;
        if (!reported && place < 0) continue;
        const char *unit = place >= 0 ? numbers_task_unit(&ours[place]) : NULL;
        if (place < 0 && !original_unit(&unit, task, data, result->arena, err)) return false;
        table->column[table->n_columns++] = (TableColumn){task, unit, task, 0};
    }
    if (has_mean(result))
        table->column[table->n_columns++] =
            (TableColumn){NUMBERS_ALL_TASKS, "mean, as in the paper", NUMBERS_ALL_TASKS, 0};
    table->block[0] = (TableBlock){columns->title, 0, table->n_columns};
    return true;
}

static bool add_rows(Table *table, const Result *result, size_t cell, const DatasetPlaces *data,
                     bool *any, Error *err)
{
    const char *name = result->experiment->cells[cell].name;
    const size_t ours = table->n_rows++, theirs = ours + 1;
    bool reported = false;
    table->row[ours] = (TableRow){name, TABLE_ROW_CELL, false};
    table->row[theirs] = (TableRow){"in the paper", TABLE_ROW_PAPER, false};
    for (size_t c = 0; c < table->n_columns; c++) {
        double original;
        if (!original_score(&original, result, cell, table->column[c].task, data, err))
            return false;
        *table_field(table, ours, c) = table_scores_field(result, name, table->column[c].task);
        if (isnan(original)) continue;
        *table_field(table, theirs, c) = (TableField){.kind = TABLE_PAPER, .value = original};
        reported = true;
    }
    table->n_rows += reported;
    *any |= reported;
    return true;
}

static void add_task(TextList *tasks, const char *task)
{
    for (size_t i = 0; i < tasks->n; i++)
        if (!strcmp(tasks->text[i], task)) return;
    if (strcmp(task, EXPERIMENT_REPORT_MEAN) != 0) tasks->text[tasks->n++] = task;
}

static const Json *row_at(const Json *paper, size_t index)
{
    const char *name;
    Json *row;
    json_member(paper, index, &name, &row);
    return row;
}

bool paper_tables_tasks(TextList *tasks, const Result *result, Error *err)
{
    const Json *paper = result->experiment->report.table.paper;
    const NumbersTask *task = result->numbers->tasks.items;
    size_t most = result->numbers->tasks.n;
    for (size_t r = 0; r < json_size(paper); r++) most += json_size(row_at(paper, r));
    *tasks = (TextList){.text = arena_alloc(result->arena, most + 1, sizeof(char *), err)};
    if (!tasks->text) return false;
    for (size_t r = 0; r < json_size(paper); r++)
        for (size_t i = 0; i < json_size(row_at(paper, r)); i++) {
            const char *name;
            Json *points;
            json_member(row_at(paper, r), i, &name, &points);
            add_task(tasks, name);
        }
    for (size_t i = 0; i < result->numbers->tasks.n; i++) add_task(tasks, task[i].name);
    return true;
}

bool paper_tables_original(Table *table, bool *any, const Result *result,
                           const ExperimentColumns *columns, const DatasetPlaces *data, Error *err)
{
    const size_t n_cells = result->experiment->n_cells;
    *any = false;
    if (!table_allocate(table, 2 * n_cells, columns->tasks.n + 1, table_notes_most(result) + 1,
                        result->arena, err))
        return false;
    table->experiment = result->experiment->name;
    table->n_columns = 0;
    if (!make_columns(table, result, columns, data, err)) return false;
    for (size_t c = 0; c < n_cells; c++)
        if (!add_rows(table, result, c, data, any, err)) return false;
    if (!table_notes(table, result, err)) return false;
    static const char blank[] =
        "What is blank was not measured at this scale, or is not reported by the paper.";
    table_add_note(table, blank, blank);
    return true;
}
