/* Test score against a number that tells tasks apart, such as the distance over which something must be
 * recalled; a line a cell. */
#include <math.h>

#include "report/figure/figure_lines.h"

static const ExperimentFigure *asked_for(const Result *result)
{
    return experiment_report_figure(&result->experiment->report, EXPERIMENT_FIGURE_TASKS);
}

static bool wanted(const Result *result)
{
    return result->numbers->runs.n > 0 && asked_for(result);
}

/* Where a task stands; NaN: nowhere. */
static double place_of(const ExperimentFigure *asked, const char *task)
{
    const Json *place = json_get(asked->x, task);
    return place ? json_number(place) : (double)NAN;
}

/* The task at the nth place of those that this result has, going right; NULL: there are no more. */
static const NumbersTask *task_after(const Result *result, const ExperimentFigure *asked, double x)
{
    const NumbersTask *task = result->numbers->tasks.items, *next = NULL;
    for (size_t t = 0; t < result->numbers->tasks.n; t++) {
        double place = place_of(asked, task[t].name);
        if (place > x && (!next || place < place_of(asked, next->name))) next = &task[t];
    }
    return next;
}

/* Unless said otherwise, numbers that span more than 8 times the smallest stand on a logarithmic axis. */
static bool is_log(const ExperimentFigure *asked)
{
    double low = INFINITY, high = 0;
    for (size_t i = 0; i < json_size(asked->x); i++) {
        const char *task;
        Json *place;
        json_member(asked->x, i, &task, &place);
        if (json_number(place) > 0) low = fmin(low, json_number(place));
        high = fmax(high, json_number(place));
    }
    return asked->scale == EXPERIMENT_AXIS_AUTO ? high > 8 * low
                                                : asked->scale == EXPERIMENT_AXIS_LOG;
}

static bool add_line(FigureLines *lines, const Result *result, const ExperimentFigure *asked,
                     int cell, Error *err)
{
    const char *name = result->numbers->cells.text[cell];
    FigureLine *line = figure_lines_add(lines, 0, cell, result->numbers->tasks.n, err);
    if (!line) return false;
    line->series = name;
    for (const NumbersTask *task = task_after(result, asked, -INFINITY); task;
         task = task_after(result, asked, place_of(asked, task->name))) {
        const NumbersScore *score = numbers_score(result->numbers, name, task->name);
        figure_lines_point(line, place_of(asked, task->name), 100 * score->mean, 100 * score->low,
                           100 * score->high);
    }
    figure_lines_entry(lines, name, FIGURE_SAMPLE_LINE, cell, -1);
    return true;
}

static bool draw(FigureSheet *sheet, const Result *result, Error *err)
{
    const ExperimentFigure *asked = asked_for(result);
    const size_t n_cells = result->numbers->cells.n;
    const NumbersTask *first = task_after(result, asked, -INFINITY);
    FigureLines lines;
    if (!figure_lines_make(&lines, 1, n_cells, n_cells, result->arena, err)) return false;
    lines.x = (FigureAxis){asked->axis ? asked->axis : "task", is_log(asked), true};
    lines.panels[0].label = arena_format(result->arena, err, "%s × 100",
                                         numbers_task_unit(result->numbers->tasks.items));
    if (!lines.panels[0].label) return false;
    if (first) lines.panels[0].level = 100 * first->baseline;
    for (int c = 0; c < (int)n_cells; c++)
        if (!add_line(&lines, result, asked, c, err)) return false;
    figure_lines_entry(&lines, "commonest answer", FIGURE_SAMPLE_LEVEL, 0, -1);
    return figure_lines_draw(sheet, &lines, err);
}

const Figure figure_tasks = {
    .kind = EXPERIMENT_FIGURE_TASKS,
    .title = "Test scores over the tasks",
    .on_request = true,
    .caption = "Mean over the fine-tuning seeds; bands or bars are 95 % bootstrap intervals over "
               "seeds and test examples. Dotted, where it is near: what always giving the "
               "commonest answer would score.",
    .wanted = wanted,
    .draw = draw,
};
