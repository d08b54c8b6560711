/* Zero-shot behaviour during pre-training (GPT-1, figure 2, right): normalised score against tokens trained
 * on, a panel a task and a line a model. */
#include <math.h>

#include "report/figure/figure_lines.h"
#include "analysis/models.h"

static const NumbersProbe *probe_at(const Result *result, size_t i)
{
    const NumbersProbe *probe = (const NumbersProbe *)result->numbers->probes.items + i;
    return i < result->numbers->probes.n && probe->kind == PROBE_ZERO_SHOT ? probe : NULL;
}

static bool wanted(const Result *result)
{
    for (size_t i = 0; i < result->numbers->probes.n; i++)
        if (probe_at(result, i)) return true;
    return false;
}

/* Of the normalised score, from that of the score. */
static double normalised(const NumbersProbe *probe, double score)
{
    return isnan(probe->chance) ? score : (score - probe->chance) / (probe->best - probe->chance);
}

static bool add_line(FigureLines *lines, const NumbersProbe *probe, const char *model,
                     TextList *models, TextList *tasks, Error *err)
{
    const NumbersPoint *point = probe->points.items;
    const int task = spec_list_place(tasks, probe->task), place = spec_list_place(models, model);
    FigureLine *line = figure_lines_add(lines, task, place, probe->points.n, err);
    if (!line) return false;
    line->series = model;
    line->part = probe->task;
    for (size_t i = 0; i < probe->points.n; i++)
        figure_lines_point(line, point[i].x / 1e6, point[i].normalised,
                           normalised(probe, point[i].low), normalised(probe, point[i].high));
    lines->panels[task] = (FigurePanel){probe->task, "normalised score", 0};
    return true;
}

static bool add_lines(FigureLines *lines, const Result *result, TextList *names, TextList *tasks,
                      Error *err)
{
    Models models;
    if (!models_find(&models, result, false, err)) return false;
    for (size_t i = 0; i < result->numbers->probes.n; i++) {
        const NumbersProbe *probe = probe_at(result, i);
        int cell = probe ? models_cell(&models, result, probe->cell) : -1;
        if (cell < 0) continue;
        const char *name = models_name(&models, result, cell, err);
        if (!name || !add_line(lines, probe, name, names, tasks, err)) return false;
    }
    return true;
}

static bool draw(FigureSheet *sheet, const Result *result, Error *err)
{
    const size_t n = result->numbers->probes.n;
    TextList models = {0, arena_alloc(result->arena, n, sizeof(char *), err)};
    TextList tasks = {0, arena_alloc(result->arena, n, sizeof(char *), err)};
    FigureLines lines;
    if (!models.text || !tasks.text || !figure_lines_make(&lines, n, n, n, result->arena, err) ||
        !add_lines(&lines, result, &models, &tasks, err))
        return false;
    lines.n_panels = tasks.n;
    lines.x = (FigureAxis){.title = "tokens (millions)"};
    for (size_t m = 0; m < models.n; m++)
        figure_lines_entry(&lines, models.text[m], FIGURE_SAMPLE_LINE, (int)m, -1);
    figure_lines_entry(&lines, "guessing", FIGURE_SAMPLE_LEVEL, 0, -1);
    return figure_lines_draw(sheet, &lines, err);
}

const Figure figure_zero_shot = {
    .kind = EXPERIMENT_FIGURE_ZERO_SHOT,
    .title = "Zero-shot behaviour during pre-training",
    .is_section = true,
    .caption =
        "Score of the language model itself, without fine-tuning, at each checkpoint: 0 is "
        "guessing, 1 the best model that the data set names. Intervals are 95 % over examples.",
    .wanted = wanted,
    .draw = draw,
};
