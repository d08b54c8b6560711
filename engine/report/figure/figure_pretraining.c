/* Pre-training: loss on the windows trained on, and of held-out documents, against tokens; a line a
 * pre-training. Where a grid runs through the settings of pre-training, those of a variant look alike. Losses of
 * different objectives are of different things: each has a panel. */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/escape.h"
#include "report/figure/figure.h"
#include "report/figure/figure_axis.h"
#include "report/figure/figure_key.h"
#include "report/figure/grid.h"
#include "analysis/cell_objective.h"
#include "analysis/cell_words.h"
#include "analysis/models.h"
#include "learner/objectives.h"

enum {
    HEIGHT = 320,
    LEFT = 75,
    RIGHT = 75,
    BELOW = 66,
    PANEL =
        160, /* of several: how high, what stands above it and below it, and the title of the axis */
    ABOVE_PANEL = 32,
    BELOW_PANEL = 8, /* pixels */
    PANEL_ROWS = ABOVE_PANEL + PANEL + BELOW_PANEL,
    MOST_FAINT = 4 /* lines in a panel: of more, only what is held out is drawn */
};

static bool is_drawn(const CurvePoint *point)
{
    return point->measure == CURVES_PRETRAINING_LOSS ||
           point->measure == CURVES_HELD_OUT_PERPLEXITY;
}

static bool wanted(const Result *result)
{
    for (size_t i = 0; i < result->curves.n; i++)
        if (is_drawn(&result->curves.points[i])) return true;
    return false;
}

static bool write_values(Buffer *csv, const Result *result, Error *err)
{
    const Experiment *experiment = result->experiment;
    if (!buffer_add_text(csv, "series,held_out,cell,measure,million_tokens,value\n", err))
        return false;
    for (size_t i = 0; i < result->curves.n; i++) {
        const CurvePoint *point = &result->curves.points[i];
        if (!is_drawn(point)) continue;
        if (!buffer_format(csv, err, "%d,%d,", point->cell,
                           point->measure == CURVES_HELD_OUT_PERPLEXITY) ||
            !escape_gnuplot_field(csv, experiment->cells[point->cell].name, err) ||
            !escape_gnuplot_field(csv, curves_measure_words[point->measure], err) ||
            !csv_number(csv, point->tokens / 1e6, err) || !csv_number(csv, point->value, err))
            return false;
        csv_end(csv);
    }
    return true;
}

/* --- lines -------------------------------------------------------------------------------------- */

/* What is drawn: a pre-training each, with the first cell that begins from it. */
typedef struct Drawing {
    size_t n, n_entries;
    int *cell, *colour;
    FigureEntry *entries;
    int n_panels, *objective; /* of each panel */
    int *panel_of_cell;
} Drawing;

/* In several panels there is no room for two a line. */
static bool add_entries(Drawing *drawing, const char *title, int colour, const Result *result,
                        Error *err)
{
    FigureEntry *entry = drawing->entries + drawing->n_entries;
    entry[0] = (FigureEntry){title, FIGURE_SAMPLE_LINE, colour, 1};
    drawing->n_entries += drawing->n_panels > 1 ? 1 : 2;
    if (drawing->n_panels > 1) return true;
    entry[0].title = arena_format(result->arena, err, "%s, held out", title);
    entry[1] = (FigureEntry){arena_format(result->arena, err, "%s, trained on", title),
                             FIGURE_SAMPLE_FAINT, colour, 0};
    return entry[0].title && entry[1].title;
}

static bool add_line(Drawing *drawing, const Result *result, const Models *models, int cell,
                     const Grid *grid, Error *err)
{
    size_t i = drawing->n++;
    drawing->cell[i] = cell;
    drawing->colour[i] = grid ? grid->series_of_cell[cell] : (int)i;
    for (size_t k = 0; k < i; k++)
        if (drawing->colour[k] == drawing->colour[i]) return true;
    const char *title = grid ? grid->series.text[grid->series_of_cell[cell]]
                             : models_name(models, result, cell, err);
    return title && add_entries(drawing, title, drawing->colour[i], result, err);
}

static bool is_of(const Drawing *drawing, size_t line, int panel)
{
    return drawing->panel_of_cell[drawing->cell[line]] == panel;
}

static bool has_faint(const Drawing *drawing, int panel)
{
    int n = 0;
    for (size_t i = 0; i < drawing->n; i++) n += is_of(drawing, i, panel);
    return n <= MOST_FAINT;
}

/* Of many lines in one panel nothing else is drawn; several panels share an entry for what else is. */
static void end_key(Drawing *drawing)
{
    size_t n = 0;
    bool faint = false;
    for (int p = 0; p < drawing->n_panels; p++) faint |= has_faint(drawing, p);
    for (size_t i = 0; i < drawing->n_entries; i++)
        if (faint || drawing->entries[i].sample == FIGURE_SAMPLE_LINE)
            drawing->entries[n++] = drawing->entries[i];
    if (faint && drawing->n_panels > 1)
        drawing->entries[n++] = (FigureEntry){"windows trained on", FIGURE_SAMPLE_FAINT, 0, 0};
    drawing->n_entries = n;
}

/* One for each objective, in the order of the cells; where one is not known, one for all. */
static bool make_panels(Drawing *drawing, const Result *result, const Models *models, Error *err)
{
    const TextList *cells = &result->numbers->cells;
    bool all_known = true;
    drawing->objective = arena_alloc(result->arena, cells->n + 1, sizeof(int), err);
    drawing->panel_of_cell = arena_alloc(result->arena, cells->n, sizeof(int), err);
    if (!drawing->objective || !drawing->panel_of_cell) return false;
    for (size_t c = 0; c < cells->n; c++) {
        if (models->first[c] < 0) continue;
        const int objective = cell_objective(result->experiment, cells->text[c]);
        int panel = 0;
        while (panel < drawing->n_panels && drawing->objective[panel] != objective) panel++;
        if (panel == drawing->n_panels) drawing->objective[drawing->n_panels++] = objective;
        drawing->panel_of_cell[c] = panel;
        all_known &= objective >= 0;
    }
    if (all_known && drawing->n_panels > 0) return true;
    drawing->n_panels = 1;
    for (size_t c = 0; c < cells->n; c++) drawing->panel_of_cell[c] = 0;
    return true;
}

static bool make(Drawing *drawing, const Result *result, Error *err)
{
    const size_t n = result->numbers->cells.n;
    Models models;
    Grid grid;
    bool found;
    *drawing =
        (Drawing){.cell = arena_alloc(result->arena, n, sizeof(int), err),
                  .colour = arena_alloc(result->arena, n, sizeof(int), err),
                  .entries = arena_alloc(result->arena, 2 * n + 1, sizeof(FigureEntry), err)};
    if (!drawing->cell || !drawing->colour || !drawing->entries ||
        !grid_find(&grid, &found, result, err) || !models_find(&models, result, false, err) ||
        !make_panels(drawing, result, &models, err))
        return false;
    found = found && !strncmp(grid.path, "pretrain.", strlen("pretrain.")) && grid.series.n > 1;
    for (int c = 0; c < (int)n; c++)
        if (models.first[c] == c &&
            !add_line(drawing, result, &models, c, found ? &grid : NULL, err))
            return false;
    end_key(drawing);
    return true;
}

/* One curve: the rows of a cell that are held out or not; `y` and `look` in gnuplot's words. */
static bool write_curve(Buffer *script, int cell, int held_out, const char *y, const char *how,
                        const char *look, Error *err)
{
    return buffer_format(script, err,
                         " \\\n    'pretraining.csv' every ::1 using "
                         "($1 == %d && $2 == %d ? $5 : NaN):%s with %s %s,",
                         cell, held_out, y, how, look);
}

static bool write_lines(Buffer *script, const Drawing *drawing, int panel, Error *err)
{
    char look[FIGURE_LOOK_BYTES];
    if (!buffer_add_text(script, "plot", err)) return false;
    for (size_t i = 0; i < drawing->n && has_faint(drawing, panel); i++) {
        if (!is_of(drawing, i, panel)) continue;
        figure_key_look(look, FIGURE_SAMPLE_FAINT, drawing->colour[i], 0);
        if (!write_curve(script, drawing->cell[i], 0, "6", "lines", look, err)) return false;
    }
    for (size_t i = 0; i < drawing->n; i++) {
        if (!is_of(drawing, i, panel)) continue;
        figure_key_look(look, FIGURE_SAMPLE_LINE, drawing->colour[i], 1);
        if (!write_curve(script, drawing->cell[i], 1, "(log($6))", "linespoints", look, err))
            return false;
    }
    return buffer_add_text(script, " \\\n    NaN\n", err);
}

/* --- the axes of a panel -------------------------------------------------------------------------- */

static bool is_in(const CurvePoint *point, const Drawing *drawing, int panel)
{
    return is_drawn(point) && drawing->panel_of_cell[point->cell] == panel;
}

/* Where all have one checkpoint at most, their course is seen from a fifth of it on. */
static bool has_checkpoints(const Result *result)
{
    const CurvePoint *points = result->curves.points;
    for (size_t i = 1; i < result->curves.n; i++)
        if (points[i].measure == CURVES_HELD_OUT_PERPLEXITY &&
            points[i - 1].measure == CURVES_HELD_OUT_PERPLEXITY &&
            points[i].cell == points[i - 1].cell)
            return true;
    return false;
}

static double most_tokens(const Result *result)
{
    double most = 0;
    for (size_t i = 0; i < result->curves.n; i++)
        if (is_drawn(&result->curves.points[i]))
            most = fmax(most, result->curves.points[i].tokens / 1e6);
    return most > 0 ? most : 1;
}

/* Of the losses that matter: how it begins, above what is held out at the first checkpoint, is the same everywhere. */
static FigureRange range_of(const Result *result, const Drawing *drawing, int panel)
{
    const bool checkpoints = has_checkpoints(result);
    const double begun = most_tokens(result) / 5;
    FigureRange range = {INFINITY, -INFINITY};
    double first = -INFINITY; /* where nothing is held out */
    for (size_t i = 0; i < result->curves.n; i++) {
        const CurvePoint *point = &result->curves.points[i];
        const bool held_out = point->measure == CURVES_HELD_OUT_PERPLEXITY;
        if (!is_in(point, drawing, panel)) continue;
        const double loss = held_out ? log(point->value) : point->value;
        range.low = fmin(range.low, loss);
        if (held_out || (!checkpoints && point->tokens / 1e6 >= begun))
            range.high = fmax(range.high, loss);
        first = fmax(first, loss);
    }
    if (!isfinite(range.high)) range.high = first;
    const double room = fmax(0.08 * (range.high - range.low), 0.02);
    return (FigureRange){range.low - room, range.high + room};
}

/* Perplexity is exp(loss): the right axis names the left one's places by it, closer together where the curves
 * span little. */
static bool write_perplexities(Buffer *script, FigureRange range, Error *err)
{
    static const double coarse[] = {1, 2, 5}, fine[] = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
    bool wide = range.high - range.low > 2;
    const double *steps = wide ? coarse : fine;
    size_t n = wide ? sizeof coarse / sizeof *coarse : sizeof fine / sizeof *fine;
    if (!buffer_add_text(script, "set y2tics (", err)) return false;
    double decade = 1;
    for (int k = 0; k < 6; k++, decade *= 10)
        for (size_t i = 0; i < n; i++)
            if (!buffer_format(script, err, "'%.7g' log(%.7g), ", steps[i] * decade,
                               steps[i] * decade))
                return false;
    return buffer_add_text(script, "'1000000' log(1000000))\n", err);
}

/* --- the frame ---------------------------------------------------------------------------------- */

typedef struct Frame {
    FigureRange loss;
    double tokens;   /* millions, from 0 */
    int top, bottom; /* pixels from the upper and from the lower edge */
} Frame;

static Frame frame_of(const FigureSheet *sheet, const Result *result, const Drawing *drawing,
                      int panel, int key)
{
    Frame frame = {.loss = range_of(result, drawing, panel), .tokens = most_tokens(result)};
    frame.top = key + 10;
    frame.bottom = BELOW;
    if (drawing->n_panels == 1) return frame;
    frame.top = key + panel * PANEL_ROWS + ABOVE_PANEL;
    frame.bottom = sheet->height - frame.top - PANEL;
    return frame;
}

/* The last checkpoint stands on the right border: rounded down, that would leave it out. */
static bool place(Buffer *script, const FigureSheet *sheet, const Frame *frame, Error *err)
{
    const double across = sheet->width, up = sheet->height;
    return buffer_format(script, err,
                         "set xrange [0:%.17g] noextend\nset yrange [%.6g:%.6g] noextend\n",
                         frame->tokens, frame->loss.low, frame->loss.high) &&
           buffer_format(script, err, "set lmargin at screen %.4f\nset rmargin at screen %.4f\n",
                         LEFT / across, 1 - RIGHT / across) &&
           buffer_format(script, err, "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                         1 - frame->top / up, frame->bottom / up);
}

static bool add_spot(FigureSheet *sheet, const CurvePoint *point, const char *name,
                     const Frame *frame, Error *err)
{
    const double loss = log(point->value), tokens = point->tokens / 1e6;
    const double down = (frame->loss.high - loss) / (frame->loss.high - frame->loss.low);
    char *text = arena_format(sheet->csv.arena, err,
                              "%s, after %.3g million tokens: perplexity %.4g, %.4g nats a token",
                              name, tokens, point->value, loss);
    return text &&
           figure_spot(sheet, LEFT + (sheet->width - LEFT - RIGHT) * tokens / frame->tokens,
                       frame->top + (sheet->height - frame->bottom - frame->top) * down, text, err);
}

/* What was held out. */
static bool add_spots(FigureSheet *sheet, const Result *result, const Drawing *drawing, int panel,
                      const Frame *frame, Error *err)
{
    for (size_t d = 0; d < drawing->n; d++)
        for (size_t i = 0; i < result->curves.n; i++) {
            const CurvePoint *point = &result->curves.points[i];
            const char *cell = result->experiment->cells[drawing->cell[d]].name;
            const char *name = cell_words(result->experiment, cell, result->arena, err);
            if (!name) return false;
            if (point->cell == drawing->cell[d] && is_in(point, drawing, panel) &&
                point->measure == CURVES_HELD_OUT_PERPLEXITY &&
                !add_spot(sheet, point, name, frame, err))
                return false;
        }
    return true;
}

/* One alone needs no words on what its losses are of; of several the last has the axis for all. */
static bool write_titles(Buffer *script, const Drawing *drawing, int panel, Error *err)
{
    const int objective = drawing->objective[panel];
    const bool is_last = panel + 1 == drawing->n_panels;
    if (drawing->n_panels == 1) return true;
    return buffer_format(script, err, "set title 'Loss of %s (%s)' noenhanced offset 0,-0.5\n",
                         objectives_at(objective)->asked, objectives_words[objective]) &&
           buffer_format(
               script, err,
               "set xlabel '%s'\nset format x '%s'\nset y2label 'perplexity' offset -1,0\n",
               is_last ? "tokens trained on (millions)" : "", is_last ? "%h" : "");
}

static bool write_panel(FigureSheet *sheet, const Result *result, const Drawing *drawing, int panel,
                        int key, Error *err)
{
    const Frame frame = frame_of(sheet, result, drawing, panel, key);
    return write_titles(&sheet->script, drawing, panel, err) &&
           write_perplexities(&sheet->script, frame.loss, err) &&
           place(&sheet->script, sheet, &frame, err) &&
           add_spots(sheet, result, drawing, panel, &frame, err) &&
           write_lines(&sheet->script, drawing, panel, err);
}

static bool draw(FigureSheet *sheet, const Result *result, Error *err)
{
    static const char axes[] =
        "set border 11\nset xlabel 'tokens trained on (millions)'\n"
        "set ylabel 'loss (nats a token)' offset 1,0\nset y2label 'perplexity'\n"
        "set link y2\nset multiplot\nunset key\n";
    static const char end[] = "unset link y2\nset border 3\nunset y2tics\n"
                              "unset y2label\n";
    Buffer *script = &sheet->script;
    Drawing drawing;
    if (!make(&drawing, result, err)) return false;
    int key = figure_key_height(drawing.entries, drawing.n_entries, FIGURE_COLUMN);
    sheet->width = FIGURE_COLUMN;
    sheet->height = HEIGHT + key;
    if (drawing.n_panels > 1) sheet->height = key + drawing.n_panels * PANEL_ROWS + BELOW;
    if (!write_values(&sheet->csv, result, err) || !buffer_add_text(script, axes, err))
        return false;
    for (int p = 0; p < drawing.n_panels; p++)
        if (!write_panel(sheet, result, &drawing, p, key, err)) return false;
    return buffer_add_text(script, end, err) &&
           figure_key_write(script, drawing.entries, drawing.n_entries, sheet->width, sheet->height,
                            err) &&
           buffer_add_text(script, "unset multiplot\n", err);
}

#define COMPARE                                                                                    \
    "Models were asked different things, of which their losses are: they compare within a panel, " \
    "not across panels."
#define ONE_CHECKPOINT                                                                             \
    "The only checkpoint is the end: what was trained on is seen from a fifth of the way on."

static const char *note(const Result *result)
{
    const bool differ = cell_objective_differs(result);
    if (has_checkpoints(result)) return differ ? COMPARE : NULL;
    return differ ? COMPARE " " ONE_CHECKPOINT : ONE_CHECKPOINT;
}

const Figure figure_pretraining = {
    .kind = EXPERIMENT_FIGURE_PRETRAINING,
    .title = "Pre-training",
    .is_section = true,
    .caption = "Loss on documents held out, at checkpoints (dropout off), and on the windows "
               "trained on (thin; dropout on, averaged), from the first checkpoint on. The right "
               "axis gives the same as perplexity.",
    .note = note,
    .wanted = wanted,
    .draw = draw,
};
