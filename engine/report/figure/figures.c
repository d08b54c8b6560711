#include "report/figure/figures.h"

#include <string.h>

#include "base/escape.h"
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
    char *path = file_join(result->arena, folder, FIGURES_FOLDER, err);
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

/* What stands below it. */
static const char *caption_of(const Figure *figure, const Result *result, Error *err)
{
    const char *note = figure->note ? figure->note(result) : NULL;
    return note ? arena_format(result->arena, err, "%s %s", figure->caption, note)
                : figure->caption;
}

bool figures_show_all(Buffer *page, const Result *result, Error *err)
{
    const Figure *figure;
    for (size_t i = 0; (figure = nth_drawn(result, i)) != NULL; i++) {
        const char *caption = caption_of(figure, result, err);
        if (!caption ||
            (figure->is_section && !buffer_format(page, err, "\n## %s\n", figure->title)) ||
            !buffer_format(page, err, "\n![%s](figures/%s.svg)\n\n%s\n", figure->title,
                           experiment_report_figure_words[figure->kind], caption))
            return false;
    }
    return true;
}

/* A picture with its values laid over it. */
static bool add_spots(Buffer *svg, const char *picture, size_t size, const Buffer *spots,
                      Error *err)
{
    static const char end[] = "</svg>";
    size_t at = size;
    while (at > 0 && strncmp(picture + at, end, strlen(end)) != 0) at--;
    return buffer_add(svg, picture, at, err) &&
           buffer_format(svg, err, "<g class=\"spots\">\n%s</g>\n%s\n",
                         spots->size ? spots->data : "", end);
}

static bool copy(const Result *result, const Figure *figure, const char *folder, const char *ending,
                 const Buffer *spots, Error *err)
{
    const char *word = experiment_report_figure_words[figure->kind];
    char *bytes,
        *from = arena_format(result->arena, err, "%s/figures/%s.%s", result->folder, word, ending);
    char *to = arena_format(result->arena, err, "%s/figures/%s-%s.%s", folder,
                            result->experiment->name, word, ending);
    size_t size;
    if (!from || !to || !file_read(&bytes, &size, from, result->arena, err)) return false;
    if (!spots) return file_write(to, bytes, size, err);
    Buffer svg = buffer_create(result->arena);
    return add_spots(&svg, bytes, size, spots, err) && file_write(to, svg.data, svg.size, err);
}

bool figures_copy_all(const Result *result, const char *folder, Error *err)
{
    const Figure *figure;
    for (size_t i = 0; (figure = nth_drawn(result, i)) != NULL; i++) {
        FigureSheet sheet;
        if (!figure_sheet(&sheet, figure, result, err) ||
            !copy(result, figure, folder, "svg", &sheet.spots, err) ||
            !copy(result, figure, folder, "pdf", NULL, err) ||
            !copy(result, figure, folder, "csv", NULL, err))
            return false;
    }
    return true;
}

bool figures_show_latex(Buffer *latex, const Result *result, Error *err)
{
    const Figure *figure;
    for (size_t i = 0; (figure = nth_drawn(result, i)) != NULL; i++) {
        const char *caption = caption_of(figure, result, err);
        if (!caption || !escape_latex_format(
                            latex, err, "\n\\drawing{%s}{%s}{%s}{%s}\n", result->experiment->name,
                            experiment_report_figure_words[figure->kind], figure->title, caption))
            return false;
    }
    return true;
}
