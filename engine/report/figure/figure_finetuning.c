/* Fine-tuning: validation score after each epoch, a panel a task; the band reaches from the worst to the best
 * seed. */
#include "report/figure/figure_seeds.h"

static bool wanted(const Draft *draft)
{
    const Experiment *experiment = draft->outcome->plan->experiment;
    return draft->outcome->n_runs > 0 &&
           (draft->outcome->n_cells <= FIGURE_STYLES ||
            experiment_report_figure(&experiment->report, EXPERIMENT_FIGURE_FINETUNING));
}

static bool draw(FigureSheet *sheet, const Draft *draft, Error *err)
{
    const Plan *plan = draft->outcome->plan;
    FigureLines lines;
    size_t n = (size_t)plan->n_tasks * (size_t)draft->outcome->n_cells;
    if (!figure_lines_make(&lines, (size_t)plan->n_tasks, n, (size_t)draft->outcome->n_cells,
                           draft->arena, err))
        return false;
    lines.in_place = true;
    lines.x = (FigureAxis){.title = "epoch", .at_values = true};
    for (int t = 0; t < plan->n_tasks; t++) {
        lines.panels[t].title = plan->tasks[t].name;
        lines.panels[t].label =
            arena_format(draft->arena, err, "%s × 100", plan->tasks[t].metric->title);
        if (!lines.panels[t].label) return false;
        for (int c = 0; c < draft->outcome->n_cells; c++)
            if (!figure_seeds_add(&lines, draft, t, c, t, CURVES_VALIDATION_SCORE, err))
                return false;
    }
    for (int c = 0; c < draft->outcome->n_cells; c++)
        figure_lines_entry(&lines, plan->experiment->cells[c].name, FIGURE_SAMPLE_LINE, c, -1);
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
