/* Pre-training: loss on the windows trained on, and of held-out documents, against tokens. */
#include <math.h>

#include "report/csv.h"
#include "report/figure.h"

static bool is_drawn(const CurvePoint *point)
{
    return point->measure == CURVES_PRETRAINING_LOSS ||
           point->measure == CURVES_HELD_OUT_PERPLEXITY;
}

static bool wanted(const Draft *draft)
{
    for (size_t i = 0; i < draft->curves.n; i++)
        if (is_drawn(&draft->curves.points[i])) return true;
    return false;
}

static int width(const Draft *draft)
{
    (void)draft;
    return 640;
}

static int height(const Draft *draft)
{
    (void)draft;
    return 400;
}

static bool write_values(Buffer *csv, const Draft *draft, Error *err)
{
    const Experiment *experiment = draft->outcome->plan->experiment;
    if (!buffer_add_text(csv, "series,held_out,cell,measure,million_tokens,value\n", err))
        return false;
    for (size_t i = 0; i < draft->curves.n; i++) {
        const CurvePoint *point = &draft->curves.points[i];
        if (!is_drawn(point)) continue;
        if (!buffer_format(csv, err, "%d,%d,", point->cell,
                           point->measure == CURVES_HELD_OUT_PERPLEXITY) ||
            !csv_text(csv, experiment->cells[point->cell].name, err) ||
            !csv_text(csv, curves_measure_words[point->measure], err) ||
            !csv_number(csv, point->tokens / 1e6, err) || !csv_number(csv, point->value, err))
            return false;
        csv_end(csv);
    }
    return true;
}

/* The cells that begin from the same pre-training as this one, which is the first of them. */
static char *cells_of(const Draft *draft, int first, Error *err)
{
    Buffer names = buffer_create(draft->arena);
    const Outcome *outcome = draft->outcome;
    int n = 0;
    for (int c = first; c < outcome->n_cells; c++) {
        if (!outcome->pretrains[c].present || curves_first_cell(outcome, c) != first) continue;
        n++;
        if (n <= 2 && !buffer_format(&names, err, "%s%s", n > 1 ? ", " : "",
                                     outcome->plan->experiment->cells[c].name))
            return NULL;
    }
    if (n > 2 && !buffer_format(&names, err, " and %d more", n - 2)) return NULL;
    return names.data;
}

/* One curve: the rows of a cell that are held out or not; `y` and `look` in gnuplot's words. */
static bool write_curve(Buffer *script, int cell, int held_out, const char *y, const char *look,
                        const char *title, Error *err)
{
    return buffer_format(script, err, "'pretraining.csv' every ::1 ") &&
           buffer_format(script, err, "using ($1 == %d && $2 == %d ? $5 : NaN):%s with %s title ",
                         cell, held_out, y, look) &&
           figure_quote(script, title, err);
}

static bool write_series(Buffer *script, const Draft *draft, int cell, int nth, Error *err)
{
    Arena *arena = draft->arena;
    int style = figure_style(nth);
    const char *names = cells_of(draft, cell, err);
    char *training = names ? arena_format(arena, err, "%s: training", names) : NULL;
    char *held_out = training ? arena_format(arena, err, "%s: held out", names) : NULL;
    char *line = held_out ? arena_format(arena, err, "lines ls %d lw 1 dt 1", style) : NULL;
    char *marks = line ? arena_format(arena, err, "linespoints ls %d dt 2", style) : NULL;
    return marks && buffer_add_text(script, nth ? ", \\\n    " : " \\\n    ", err) &&
           write_curve(script, cell, 0, "6", line, training, err) &&
           buffer_add_text(script, ", \\\n    ", err) &&
           write_curve(script, cell, 1, "(log($6))", marks, held_out, err);
}

/* Perplexity is exp(loss): the right axis names the left one's places by it, closer together where the curves
 * span little. */
static bool write_perplexities(Buffer *script, const Draft *draft, Error *err)
{
    static const double coarse[] = {1, 2, 5}, fine[] = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < draft->curves.n; i++)
        if (draft->curves.points[i].measure == CURVES_PRETRAINING_LOSS) {
            low = fmin(low, draft->curves.points[i].value);
            high = fmax(high, draft->curves.points[i].value);
        }
    bool wide = high - low > 2;
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

static bool write(Buffer *csv, Buffer *script, const Draft *draft, Error *err)
{
    static const char axes[] = "set border 11\nset xlabel 'tokens trained on (millions)'\n"
                               "set ylabel 'loss (nats a token)'\nset y2label 'perplexity'\n"
                               "set link y2\nset xrange [0:*] noextend\nset key top right\n"
                               "set offsets 0,0,0,graph 0.04\n";
    const Outcome *outcome = draft->outcome;
    if (!write_values(csv, draft, err) || !buffer_add_text(script, axes, err) ||
        !write_perplexities(script, draft, err) || !buffer_add_text(script, "plot", err))
        return false;
    int nth = 0;
    for (int c = 0; c < outcome->n_cells; c++)
        if (outcome->pretrains[c].present && curves_first_cell(outcome, c) == c &&
            !write_series(script, draft, c, nth++, err))
            return false;
    return buffer_add_char(script, '\n', err);
}

const Figure figure_pretraining = {
    .name = "pretraining",
    .title = "Pre-training",
    .is_section = true,
    .caption = "Loss on the windows trained on (dropout on, averaged) and, at checkpoints, on "
               "documents held out (dropout off). The right axis gives the same as perplexity.",
    .wanted = wanted,
    .write = write,
    .width = width,
    .height = height,
};
