#include "report/figure/figures.h"

#include "base/file.h"

static const Figure *const figures[] = {
    &figure_scores,         &figure_grid,        &figure_tasks, &figure_zero_shot,
    &figure_context_window, &figure_position,    &figure_rate,  &figure_pretraining,
    &figure_finetuning,     &figure_convergence, NULL,
};

static const Figure *figure_of(ExperimentFigureKind kind)
{
    int i = 0;
    while (figures[i] && figures[i]->kind != kind) i++;
    return figures[i];
}

/* The nth figure that is drawn, in the order asked for or else in our own; NULL: there are no more. */
static const Figure *nth_drawn(const Draft *draft, size_t nth)
{
    const ExperimentReport *report = &draft->outcome->plan->experiment->report;
    size_t n = report->figures ? report->n_figures : N_EXPERIMENT_FIGURES;
    for (size_t i = 0; i < n; i++) {
        const Figure *figure =
            report->figures ? figure_of((ExperimentFigureKind)report->figure[i].kind) : figures[i];
        if (!report->figures && !figure) return NULL;
        if (!figure || (!report->figures && figure->on_request) || !figure->wanted(draft)) continue;
        if (nth-- == 0) return figure;
    }
    return NULL;
}

bool figures_draw_all(const Draft *draft, Error *err)
{
    const Figure *figure;
    char *folder = file_join(draft->arena, draft->folder, "figures", err);
    if (!folder || !file_make_folder(folder, err)) return false;
    for (size_t i = 0; (figure = nth_drawn(draft, i)) != NULL; i++)
        if (!figure_draw(figure, folder, draft, err)) return false;
    return true;
}

bool figures_show_all(Buffer *page, const Draft *draft, Error *err)
{
    const Figure *figure;
    for (size_t i = 0; (figure = nth_drawn(draft, i)) != NULL; i++)
        if ((figure->is_section && !buffer_format(page, err, "\n## %s\n", figure->title)) ||
            !buffer_format(page, err, "\n![%s](figures/%s.svg)\n\n%s\n", figure->title,
                           experiment_report_figure_words[figure->kind], figure->caption))
            return false;
    return true;
}
