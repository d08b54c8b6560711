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
static const Figure *nth_drawn(const Result *result, size_t nth)
{
    const ExperimentReport *report = &result->experiment->report;
    size_t n = report->figures ? report->n_figures : N_EXPERIMENT_FIGURES;
    for (size_t i = 0; i < n; i++) {
        const Figure *figure =
            report->figures ? figure_of((ExperimentFigureKind)report->figure[i].kind) : figures[i];
        if (!report->figures && !figure) return NULL;
        if (!figure || (!report->figures && figure->on_request) || !figure->wanted(result))
            continue;
        if (nth-- == 0) return figure;
    }
    return NULL;
}

static const char *figures_folder(const Result *result, const char *folder, Error *err)
{
    char *path = file_join(result->arena, folder, "figures", err);
    return path && file_make_folder(path, err) ? path : NULL;
}

bool figures_write_all(const Result *result, const char *folder, Error *err)
{
    const Figure *figure;
    const char *path = figures_folder(result, folder, err);
    for (size_t i = 0; path && (figure = nth_drawn(result, i)) != NULL; i++)
        if (!figure_write(figure, path, result, err)) return false;
    return path != NULL;
}

bool figures_plot_all(const Result *result, const char *folder, Error *err)
{
    const Figure *figure;
    const char *path = figures_folder(result, folder, err);
    for (size_t i = 0; path && (figure = nth_drawn(result, i)) != NULL; i++)
        if (!figure_plot(figure, path, result->arena, err)) return false;
    return path != NULL;
}

bool figures_show_all(Buffer *page, const Result *result, Error *err)
{
    const Figure *figure;
    for (size_t i = 0; (figure = nth_drawn(result, i)) != NULL; i++)
        if ((figure->is_section && !buffer_format(page, err, "\n## %s\n", figure->title)) ||
            !buffer_format(page, err, "\n![%s](figures/%s.svg)\n\n%s\n", figure->title,
                           experiment_report_figure_words[figure->kind], figure->caption))
            return false;
    return true;
}
