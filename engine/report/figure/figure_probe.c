/* What is measured on language models themselves: perplexity against the tokens conditioned on, loss by position,
 * and training rate against sequence length. Three figures of one form, a line a model. */
#include "report/figure/figure_lines.h"
#include "analysis/models.h"

#include <math.h>

static bool has(const SpecList *probes, ProbeKind kind)
{
    const NumbersProbe *probe = probes->items;
    for (size_t i = 0; i < probes->n; i++)
        if (probe[i].kind == (int)kind) return true;
    return false;
}

static bool add_line(FigureLines *lines, const NumbersProbe *probe, const char *name,
                     double divisor, Error *err)
{
    const NumbersPoint *point = probe->points.items;
    FigureLine *line = figure_lines_add(lines, 0, (int)lines->n_lines, probe->points.n, err);
    if (!line || !name) return false;
    line->series = name;
    for (size_t i = 0; i < probe->points.n; i++)
        figure_lines_point(line, point[i].x, point[i].value / divisor, point[i].low / divisor,
                           point[i].high / divisor);
    figure_lines_entry(lines, name, FIGURE_SAMPLE_LINE, line->colour, -1);
    return true;
}

/* A line for each model, whoever shares it. */
static bool add_lines(FigureLines *lines, const Result *result, const SpecList *probes,
                      ProbeKind kind, double divisor, Error *err)
{
    const NumbersProbe *probe = probes->items;
    Models models;
    if (!models_find(&models, result, kind == PROBE_TRAINING_RATE, err) ||
        !figure_lines_make(lines, 1, probes->n, probes->n, result->arena, err))
        return false;
    for (size_t i = 0; i < probes->n; i++) {
        if (probe[i].kind != (int)kind) continue;
        int cell = models_cell(&models, result, probe[i].cell);
        if (cell >= 0 &&
            !add_line(lines, &probe[i], models_name(&models, result, cell, err), divisor, err))
            return false;
    }
    return true;
}

static bool window_wanted(const Result *result)
{
    return has(&result->numbers->probes, PROBE_CONTEXT_WINDOW);
}

static bool window_draw(FigureSheet *sheet, const Result *result, Error *err)
{
    FigureLines lines;
    if (!add_lines(&lines, result, &result->numbers->probes, PROBE_CONTEXT_WINDOW, 1, err))
        return false;
    lines.x = (FigureAxis){.title = "preceding tokens given, k", .log = true, .at_values = true};
    lines.panels[0].label = "held-out perplexity (a token)";
    lines.log_y = true;
    return figure_lines_draw(sheet, &lines, err);
}

static bool position_wanted(const Result *result)
{
    return has(&result->numbers->probes, PROBE_POSITION);
}

static bool position_draw(FigureSheet *sheet, const Result *result, Error *err)
{
    FigureLines lines;
    if (!add_lines(&lines, result, &result->numbers->probes, PROBE_POSITION, 1, err)) return false;
    lines.x = (FigureAxis){.title = "position in the context (tokens)", .log = true};
    lines.panels[0].label = "held-out loss (nats a token)";
    return figure_lines_draw(sheet, &lines, err);
}

static bool rate_wanted(const Result *result)
{
    return has(&result->findings.timings.probes, PROBE_TRAINING_RATE);
}

static bool rate_draw(FigureSheet *sheet, const Result *result, Error *err)
{
    FigureLines lines;
    const SpecList *probes = &result->findings.timings.probes;
    if (!add_lines(&lines, result, probes, PROBE_TRAINING_RATE, 1e3, err)) return false;
    lines.x = (FigureAxis){.title = "sequence length (tokens)", .log = true, .at_values = true};
    lines.panels[0].label = "training rate (1,000 tokens/s)";
    lines.from_zero = true;
    return figure_lines_draw(sheet, &lines, err);
}

const Figure figure_context_window = {
    .kind = EXPERIMENT_FIGURE_CONTEXT_WINDOW,
    .title = "Perplexity against the context given",
    .is_section = true,
    .caption = "Perplexity of held-out documents when each token is predicted from the k tokens "
               "before it alone; intervals are 95 % over documents.",
    .wanted = window_wanted,
    .draw = window_draw,
};

const Figure figure_position = {
    .kind = EXPERIMENT_FIGURE_POSITION,
    .title = "Loss by position in the context",
    .is_section = true,
    .caption = "Loss of held-out documents at each position of the context: how much is gained "
               "from what stands further and further back; intervals are 95 % over documents.",
    .wanted = position_wanted,
    .draw = position_draw,
};

const Figure figure_rate = {
    .kind = EXPERIMENT_FIGURE_RATE,
    .title = "Training rate against sequence length",
    .is_section = true,
    .caption =
        "Tokens a second of whole updates, forward and backward, on the machine named below: "
        "median and 95 % interval of repeated timings. Another machine gives other rates, "
        "and they are no part of what a re-run must reproduce.",
    .wanted = rate_wanted,
    .draw = rate_draw,
};
