/* Test score against the numbers of a grid path (GPT-1, figure 2, left: layers transferred): a panel a task and
 * one for their mean, with a line a variant; or a panel a variant, with a line a task. */
#include <math.h>
#include <string.h>

#include "report/figure/figure_lines.h"
#include "report/figure/grid.h"

/* A task or their mean. */
typedef struct Column {
    const char *name, *unit;
    int task; /* -1: the mean */
    double baseline;
} Column;

typedef struct Columns {
    int n;
    Column *items;
} Columns;

static bool is_drawn(const ExperimentFigure *asked, const char *task)
{
    return !asked || asked->tasks.n == 0 || spec_list_find(&asked->tasks, task) >= 0;
}

static bool list_columns(Columns *columns, const Result *result, const ExperimentFigure *asked,
                         Error *err)
{
    const int panels = asked ? asked->panels : EXPERIMENT_PANELS_ALL;
    const NumbersTask *task = result->numbers->tasks.items;
    const int n_tasks = (int)result->numbers->tasks.n;
    *columns = (Columns){0, arena_alloc(result->arena, (size_t)n_tasks + 1, sizeof(Column), err)};
    if (!columns->items) return false;
    bool single = n_tasks == 1;
    for (int t = 0; t < n_tasks && (panels != EXPERIMENT_PANELS_MEAN || single); t++)
        if (is_drawn(asked, task[t].name))
            columns->items[columns->n++] =
                (Column){task[t].name, numbers_task_unit(&task[t]), t, 100 * task[t].baseline};
    bool mean = panels == EXPERIMENT_PANELS_ALL || panels == EXPERIMENT_PANELS_MEAN;
    if (mean && !single)
        columns->items[columns->n++] = (Column){NUMBERS_ALL_TASKS, "mean score", -1, (double)NAN};
    return true;
}

static bool wanted(const Result *result)
{
    Grid grid;
    Error unheard = {0};
    bool found = false;
    return result->numbers->runs.n > 0 && grid_find(&grid, &found, result, &unheard) && found;
}

/* In order of x; of cells that come to the same place (more layers than there are), the first. */
static void add_point(FigureLine *line, double x, const NumbersScore *score)
{
    size_t i = 0;
    while (i < line->n && line->points[i].x < x) i++;
    if (i < line->n && line->points[i].x == x) return;
    figure_lines_point(line, x, 0, 0, 0);
    memmove(&line->points[i + 1], &line->points[i], (line->n - 1 - i) * sizeof *line->points);
    line->points[i] = (FigurePoint){x, 100 * score->mean, 100 * score->low, 100 * score->high};
}

static bool add_line(FigureLines *lines, const Grid *grid, const Result *result, int series,
                     const Column *column, int panel, int colour, Error *err)
{
    const TextList *cells = &result->numbers->cells;
    FigureLine *line = figure_lines_add(lines, panel, colour, cells->n, err);
    if (!line) return false;
    line->series = grid->series.text[series];
    line->part = column->name;
    for (int c = 0; c < (int)cells->n; c++) {
        const NumbersScore *score = numbers_score(result->numbers, cells->text[c], column->name);
        double x = grid_place(grid, result, c, column->task);
        if (grid->series_of_cell[c] == series && score && isfinite(x)) add_point(line, x, score);
    }
    return true;
}

static bool add_by_task(FigureLines *lines, const Grid *grid, const Result *result,
                        const Columns *columns, Error *err)
{
    for (int p = 0; p < columns->n; p++) {
        const Column *column = &columns->items[p];
        lines->panels[p] =
            (FigurePanel){column->name, arena_format(result->arena, err, "%s × 100", column->unit),
                          column->baseline};
        if (!lines->panels[p].label) return false;
        for (int s = 0; s < (int)grid->series.n; s++)
            if (!add_line(lines, grid, result, s, column, p, s, err)) return false;
    }
    for (int s = 0; s < (int)grid->series.n; s++)
        if (grid->series.text[s][0])
            figure_lines_entry(lines, grid->series.text[s], FIGURE_SAMPLE_LINE, s, -1);
    figure_lines_entry(lines, "commonest answer", FIGURE_SAMPLE_LEVEL, 0, -1);
    return true;
}

static bool add_by_series(FigureLines *lines, const Grid *grid, const Result *result,
                          const Columns *columns, Error *err)
{
    for (int s = 0; s < (int)grid->series.n; s++) {
        const char *title = grid->series.text[s];
        lines->panels[s] = (FigurePanel){title[0] ? title : NULL, "test score × 100", (double)NAN};
        for (int i = 0; i < columns->n; i++)
            if (!add_line(lines, grid, result, s, &columns->items[i], s, i, err)) return false;
    }
    for (int i = 0; i < columns->n; i++)
        figure_lines_entry(lines, columns->items[i].name, FIGURE_SAMPLE_LINE, i, -1);
    return true;
}

static bool draw(FigureSheet *sheet, const Result *result, Error *err)
{
    const ExperimentFigure *asked =
        experiment_report_figure(&result->experiment->report, EXPERIMENT_FIGURE_GRID);
    const bool by_series = asked && asked->panels == EXPERIMENT_PANELS_VARIANTS;
    FigureLines lines;
    Columns columns;
    Grid grid;
    bool found;
    if (!grid_find(&grid, &found, result, err) || !list_columns(&columns, result, asked, err))
        return false;
    size_t n_columns = (size_t)columns.n, n_series = grid.series.n;
    if (!figure_lines_make(&lines, by_series ? n_series : n_columns, n_columns * n_series,
                           by_series ? n_columns : n_series, result->arena, err))
        return false;
    lines.x = grid.axis;
    return (by_series ? add_by_series(&lines, &grid, result, &columns, err)
                      : add_by_task(&lines, &grid, result, &columns, err)) &&
           figure_lines_draw(sheet, &lines, err);
}

const Figure figure_grid = {
    .kind = EXPERIMENT_FIGURE_GRID,
    .title = "Test scores along the grid",
    .caption = "Mean over the fine-tuning seeds; bands or bars are 95 % bootstrap intervals over "
               "seeds and test examples. Dotted, where it is near: what always giving the "
               "commonest answer would score.",
    .wanted = wanted,
    .draw = draw,
};
