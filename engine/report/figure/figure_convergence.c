/* Convergence of fine-tuning: loss of the task on the training batches and on the validation set, against
 * updates; a panel a task. */
#include <math.h>

#include "report/figure/figure_seeds.h"

static bool wanted(const Result *result)
{
    return result->numbers->runs.n > 0;
}

/* The course of the training loss in so many steps: single batches scatter more than models differ. */
enum { STEPS = 12 };

static void smooth(FigureLine *line)
{
    const size_t n = line->n, of_step = (n + STEPS - 1) / STEPS;
    FigurePoint *point = line->points;
    line->n = 0;
    for (size_t begin = 0; begin < n; begin += of_step) {
        const size_t end = begin + of_step < n ? begin + of_step : n;
        FigurePoint mean = {0, 0, (double)NAN, (double)NAN};
        for (size_t i = begin; i < end; i++) {
            mean.x += point[i].x / (double)(end - begin);
            mean.value += point[i].value / (double)(end - begin);
        }
        point[line->n++] = mean;
    }
}

static bool add_lines(FigureLines *lines, const Result *result, int task, int cell, Error *err)
{
    if (!figure_seeds_add(lines, result, task, cell, task, CURVES_TASK_LOSS, err)) return false;
    FigureLine *training = &lines->lines[lines->n_lines - 1];
    training->faint = true;
    training->dash = 0;
    smooth(training);
    return figure_seeds_add(lines, result, task, cell, task, CURVES_VALIDATION_LOSS, err);
}

static bool draw(FigureSheet *sheet, const Result *result, Error *err)
{
    const NumbersTask *task = result->numbers->tasks.items;
    const int n_tasks = (int)result->numbers->tasks.n, n_cells = (int)result->numbers->cells.n;
    FigureLines lines;
    if (!figure_lines_make(&lines, (size_t)n_tasks, 2 * (size_t)n_tasks * (size_t)n_cells,
                           (size_t)n_cells + 1, result->arena, err))
        return false;
    lines.in_place = lines.own_x = true;
    lines.x = (FigureAxis){.title = "update"};
    for (int t = 0; t < n_tasks; t++) {
        lines.panels[t].title = task[t].name;
        lines.panels[t].label = "loss (nats an example)";
        for (int c = 0; c < n_cells; c++)
            if (!add_lines(&lines, result, t, c, err)) return false;
    }
    for (int c = 0; c < n_cells; c++)
        figure_lines_entry(&lines, result->numbers->cells.text[c], FIGURE_SAMPLE_LINE, c, -1);
    figure_lines_entry(&lines, "on the training batches", FIGURE_SAMPLE_FAINT, 0, 0);
    return figure_lines_draw(sheet, &lines, err);
}

const Figure figure_convergence = {
    .kind = EXPERIMENT_FIGURE_CONVERGENCE,
    .title = "Convergence of fine-tuning",
    .on_request = true,
    .caption =
        "Loss of the task alone: thick lines on the validation set, mean over the seeds, "
        "with the band from the lowest to the highest seed; thin lines, in the same colours, on "
        "the batches trained on (dropout on, averaged over a twelfth of the course).",
    .wanted = wanted,
    .draw = draw,
};
