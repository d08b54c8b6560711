/* Pre-training: loss on the windows trained on, and of held-out documents, against tokens; a line a
 * pre-training. Where a grid runs through the settings of pre-training, those of a variant look alike. */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/escape.h"
#include "report/figure/figure.h"
#include "report/figure/figure_axis.h"
#include "report/figure/figure_key.h"
#include "report/figure/grid.h"
#include "analysis/cell_words.h"
#include "analysis/models.h"

enum {
    HEIGHT = 320,
    LEFT = 75,
    RIGHT = 75,
    BELOW = 66,    /* pixels */
    MOST_FAINT = 4 /* of more, only what is held out is drawn */
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

/* Of the losses that matter: how it begins, above what is held out at the first checkpoint, is the same everywhere. */
static FigureRange range_of(const Result *result)
{
    FigureRange range = {INFINITY, -INFINITY};
    double first = -INFINITY; /* where nothing is held out */
    for (size_t i = 0; i < result->curves.n; i++) {
        const CurvePoint *point = &result->curves.points[i];
        const bool held_out = point->measure == CURVES_HELD_OUT_PERPLEXITY;
        if (!is_drawn(point)) continue;
        const double loss = held_out ? log(point->value) : point->value;
        range.low = fmin(range.low, loss);
        if (held_out) range.high = fmax(range.high, loss);
        first = fmax(first, loss);
    }
    if (!isfinite(range.high)) range.high = first;
    const double room = fmax(0.08 * (range.high - range.low), 0.02);
    return (FigureRange){range.low - room, range.high + room};
}

/* Perplexity is exp(loss): the right axis names the left one's places by it, closer together where the curves
 * span little. */
static bool write_perplexities(Buffer *script, const Result *result, Error *err)
{
    static const double coarse[] = {1, 2, 5}, fine[] = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
    const FigureRange range = range_of(result);
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

/* --- lines -------------------------------------------------------------------------------------- */

/* What is drawn: a pre-training each, with the first cell that begins from it. */
typedef struct Drawing {
    size_t n, n_entries;
    int *cell, *colour;
    FigureEntry *entries;
} Drawing;

static bool add_entries(Drawing *drawing, const char *title, int colour, const Result *result,
                        Error *err)
{
    const char *held_out = arena_format(result->arena, err, "%s, held out", title);
    const char *trained = arena_format(result->arena, err, "%s, trained on", title);
    if (!held_out || !trained) return false;
    drawing->entries[drawing->n_entries++] = (FigureEntry){held_out, FIGURE_SAMPLE_LINE, colour, 1};
    drawing->entries[drawing->n_entries++] = (FigureEntry){trained, FIGURE_SAMPLE_FAINT, colour, 0};
    return true;
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

/* Of so many that nothing else is drawn. */
static void keep_held_out(Drawing *drawing)
{
    size_t n = 0;
    for (size_t i = 0; i < drawing->n_entries; i++)
        if (drawing->entries[i].sample == FIGURE_SAMPLE_LINE)
            drawing->entries[n++] = drawing->entries[i];
    drawing->n_entries = n;
}

static bool make(Drawing *drawing, const Result *result, Error *err)
{
    const size_t n = result->numbers->cells.n;
    Models models;
    Grid grid;
    bool found;
    *drawing = (Drawing){.cell = arena_alloc(result->arena, n, sizeof(int), err),
                         .colour = arena_alloc(result->arena, n, sizeof(int), err),
                         .entries = arena_alloc(result->arena, 2 * n, sizeof(FigureEntry), err)};
    if (!drawing->cell || !drawing->colour || !drawing->entries ||
        !grid_find(&grid, &found, result, err) || !models_find(&models, result, false, err))
        return false;
    found = found && !strncmp(grid.path, "pretrain.", strlen("pretrain.")) && grid.series.n > 1;
    for (int c = 0; c < (int)n; c++)
        if (models.first[c] == c &&
            !add_line(drawing, result, &models, c, found ? &grid : NULL, err))
            return false;
    if (drawing->n > MOST_FAINT) keep_held_out(drawing);
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

static bool write_lines(Buffer *script, const Drawing *drawing, Error *err)
{
    char look[FIGURE_LOOK_BYTES];
    if (!buffer_add_text(script, "plot", err)) return false;
    for (size_t i = 0; i < drawing->n && drawing->n <= MOST_FAINT; i++) {
        figure_key_look(look, FIGURE_SAMPLE_FAINT, drawing->colour[i], 0);
        if (!write_curve(script, drawing->cell[i], 0, "6", "lines", look, err)) return false;
    }
    for (size_t i = 0; i < drawing->n; i++) {
        figure_key_look(look, FIGURE_SAMPLE_LINE, drawing->colour[i], 1);
        if (!write_curve(script, drawing->cell[i], 1, "(log($6))", "linespoints", look, err))
            return false;
    }
    return buffer_add_text(script, " \\\n    NaN\n", err);
}

/* --- the frame ---------------------------------------------------------------------------------- */

typedef struct Frame {
    FigureRange loss;
    double tokens; /* millions, from 0 */
    int top;       /* pixels */
} Frame;

static double most_tokens(const Result *result)
{
    double most = 0;
    for (size_t i = 0; i < result->curves.n; i++)
        if (is_drawn(&result->curves.points[i]))
            most = fmax(most, result->curves.points[i].tokens / 1e6);
    return most > 0 ? most : 1;
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
                         1 - frame->top / up, BELOW / up);
}

static bool add_spot(FigureSheet *sheet, const CurvePoint *point, const char *name,
                     const Frame *frame, Error *err)
{
    const double loss = log(point->value), tokens = point->tokens / 1e6;
    const double down = (frame->loss.high - loss) / (frame->loss.high - frame->loss.low);
    char *text = arena_format(sheet->csv.arena, err,
                              "%s, after %.3g million tokens: perplexity %.4g, %.4g nats a token",
                              name, tokens, point->value, loss);
    return text && figure_spot(sheet, LEFT + (sheet->width - LEFT - RIGHT) * tokens / frame->tokens,
                               frame->top + (sheet->height - BELOW - frame->top) * down, text, err);
}

/* What was held out. */
static bool add_spots(FigureSheet *sheet, const Result *result, const Drawing *drawing,
                      const Frame *frame, Error *err)
{
    for (size_t d = 0; d < drawing->n; d++)
        for (size_t i = 0; i < result->curves.n; i++) {
            const CurvePoint *point = &result->curves.points[i];
            const char *cell = result->experiment->cells[drawing->cell[d]].name;
            const char *name = cell_words(result->experiment, cell, result->arena, err);
            if (!name) return false;
            if (point->cell == drawing->cell[d] && point->measure == CURVES_HELD_OUT_PERPLEXITY &&
                !add_spot(sheet, point, name, frame, err))
                return false;
        }
    return true;
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
    const Frame frame = {range_of(result), most_tokens(result), key + 10};
    return write_values(&sheet->csv, result, err) && buffer_add_text(script, axes, err) &&
           write_perplexities(script, result, err) && place(script, sheet, &frame, err) &&
           add_spots(sheet, result, &drawing, &frame, err) && write_lines(script, &drawing, err) &&
           buffer_add_text(script, end, err) &&
           figure_key_write(script, drawing.entries, drawing.n_entries, sheet->width, sheet->height,
                            err) &&
           buffer_add_text(script, "unset multiplot\n", err);
}

const Figure figure_pretraining = {
    .kind = EXPERIMENT_FIGURE_PRETRAINING,
    .title = "Pre-training",
    .is_section = true,
    .caption = "Loss on documents held out, at checkpoints (dropout off), and on the windows "
               "trained on (thin; dropout on, averaged), from the first checkpoint on. The right "
               "axis gives the same as perplexity.",
    .wanted = wanted,
    .draw = draw,
};
