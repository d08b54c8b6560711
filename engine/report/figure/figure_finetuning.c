/* Fine-tuning: validation score after each epoch, a panel a task; the band reaches from the worst to the best
 * seed. */
#include "report/figure/figure_seeds.h"

static bool wanted(const Result *result)
{
    const Experiment *experiment = result->experiment;
    return result->numbers->runs.n > 0 &&
           (result->numbers->cells.n <= FIGURE_STYLES ||
            experiment_report_figure(&experiment->report, EXPERIMENT_FIGURE_FINETUNING));
}

static bool draw(FigureSheet *sheet, const Result *result, Error *err)
{
    const NumbersTask *task = result->numbers->tasks.items;
    const size_t n_tasks = result->numbers->tasks.n, n_cells = result->numbers->cells.n;
    FigureLines lines;
    if (!figure_lines_make(&lines, n_tasks, n_tasks * n_cells, n_cells, result->arena, err))
        return false;
    lines.x = (FigureAxis){.title = "epoch", .at_values = true};
    for (int t = 0; t < (int)n_tasks; t++) {
        lines.panels[t].title = task[t].name;
        lines.panels[t].label =
            arena_format(result->arena, err, "%s × 100", numbers_task_unit(&task[t]));
        if (!lines.panels[t].label) return false;
        for (int c = 0; c < (int)n_cells; c++)
            if (!figure_seeds_add(&lines, result, t, c, t, CURVES_VALIDATION_SCORE, err))
                return false;
    }
    for (int c = 0; c < (int)n_cells; c++)
        figure_lines_entry(&lines, result->numbers->cells.text[c], FIGURE_SAMPLE_LINE, c, -1);
    return figure_lines_draw(sheet, &lines, err);
}

const Figure figure_finetuning = {
    .kind = EXPERIMENT_FIGURE_FINETUNING,
    .title = "Fine-tuning",
    .is_section = true,
    .caption = "Validation score after each epoch: mean over the seeds, and the band from the "
               "worst to the best seed. "
               "The weights of the best epoch are those that were tested.",
    .wanted = wanted,
    .draw = draw,
};
