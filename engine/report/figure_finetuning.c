/* Fine-tuning: validation score after each epoch, a panel a task; the band reaches from the worst to the best
 * seed. */
#include <math.h>
#include <stdio.h>

#include "report/csv.h"
#include "report/figure.h"

/* Sizes in pixels. */
enum {
    MOST_COLUMNS = 3,
    PANEL_WIDTH = 200,
    PANEL_HEIGHT = 180,
    GAP = 80,        /* between panels side by side, for numbers and label */
    MARGIN = 85,     /* left of the first; below each row, with the titles of the next */
    KEY_HEIGHT = 65, /* above the first row, with its titles */
};

static int n_columns(const Draft *draft)
{
    int n = draft->outcome->plan->n_tasks;
    return n < MOST_COLUMNS ? n : MOST_COLUMNS;
}

static int n_rows(const Draft *draft)
{
    return (draft->outcome->plan->n_tasks + MOST_COLUMNS - 1) / MOST_COLUMNS;
}

static bool wanted(const Draft *draft)
{
    return draft->curves.n > 0;
}

static int width(const Draft *draft)
{
    return MARGIN + (PANEL_WIDTH + GAP) * n_columns(draft) - GAP + 15;
}

static int height(const Draft *draft)
{
    return KEY_HEIGHT + (PANEL_HEIGHT + MARGIN) * n_rows(draft) - 20;
}

/* Mean, worst and best over the seeds of a cell on a task at one epoch. */
typedef struct Band {
    int n;
    double mean, low, high;
} Band;

static Band band_at(const Draft *draft, int cell, int task, double epoch)
{
    Band band = {0, 0, INFINITY, -INFINITY};
    for (size_t i = 0; i < draft->curves.n; i++) {
        const CurvePoint *point = &draft->curves.points[i];
        if (point->measure != CURVES_VALIDATION_SCORE || point->cell != cell ||
            point->task != task || fabs(point->epoch - epoch) > 1e-6)
            continue;
        band.n++;
        band.mean += (point->value - band.mean) / band.n;
        band.low = fmin(band.low, point->value);
        band.high = fmax(band.high, point->value);
    }
    return band;
}

static bool write_row(Buffer *csv, const Draft *draft, int cell, int task, double epoch, Error *err)
{
    const Plan *plan = draft->outcome->plan;
    Band band = band_at(draft, cell, task, epoch);
    if (!buffer_format(csv, err, "%d,%d,", cell, task) ||
        !csv_text(csv, plan->experiment->cells[cell].name, err) ||
        !csv_text(csv, plan->tasks[task].name, err) || !csv_number(csv, epoch, err) ||
        !csv_number(csv, 100 * band.mean, err) || !csv_number(csv, 100 * band.low, err) ||
        !csv_number(csv, 100 * band.high, err))
        return false;
    csv_end(csv);
    return true;
}

/* The epochs are those of each pair's first seed. */
static bool write_values(Buffer *csv, const Draft *draft, Error *err)
{
    int64_t first_seed = draft->outcome->plan->experiment->seeds.items[0];
    if (!buffer_add_text(csv, "series,panel,cell,task,epoch,mean,lowest,highest\n", err))
        return false;
    for (size_t i = 0; i < draft->curves.n; i++) {
        const CurvePoint *point = &draft->curves.points[i];
        if (point->measure == CURVES_VALIDATION_SCORE && point->seed == first_seed &&
            !write_row(csv, draft, point->cell, point->task, point->epoch, err))
            return false;
    }
    return true;
}

/* The band and the line of a cell in the panel of a task. */
static bool write_series(Buffer *script, int cell, int task, Error *err)
{
    char rows[128];
    int style = figure_style(cell);
    snprintf(rows, sizeof rows, "every ::1 using ($1 == %d && $2 == %d ? $5 : NaN)", cell, task);
    return buffer_format(script, err, "%s \\\n    'finetuning.csv' %s:7:8 with filledcurves ls %d ",
                         cell ? "," : "", rows, style) &&
           buffer_format(script, err, "fs transparent solid 0.18 noborder, \\\n    '' %s:6 ",
                         rows) &&
           buffer_format(script, err, "with linespoints ls %d", style);
}

/* Where the panel stands, as shares of the figure from its lower left corner. */
static bool place_panel(Buffer *script, const Draft *draft, int task, Error *err)
{
    const double across = width(draft), up = height(draft);
    const int row = task / MOST_COLUMNS, column = task % MOST_COLUMNS;
    double left = MARGIN + (PANEL_WIDTH + GAP) * column;
    double top = up - KEY_HEIGHT - (PANEL_HEIGHT + MARGIN) * row;
    return buffer_format(script, err, "set lmargin at screen %.4f\nset rmargin at screen %.4f\n",
                         left / across, (left + PANEL_WIDTH) / across) &&
           buffer_format(script, err, "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                         top / up, (top - PANEL_HEIGHT) / up);
}

static bool write_panel(Buffer *script, const Draft *draft, int task, Error *err)
{
    const PlanTask *plan = &draft->outcome->plan->tasks[task];
    char *label = arena_format(draft->arena, err, "%s × 100", plan->metric->title);
    if (!label || !place_panel(script, draft, task, err) ||
        !buffer_add_text(script, "set title ", err) || !figure_quote(script, plan->name, err) ||
        !buffer_add_text(script, " noenhanced offset 0,-0.5\nset ylabel ", err) ||
        !figure_quote(script, label, err) ||
        !buffer_add_text(script, " noenhanced offset 1,0\nplot", err))
        return false;
    for (int c = 0; c < draft->outcome->n_cells; c++)
        if (!write_series(script, c, task, err)) return false;
    return buffer_add_char(script, '\n', err);
}

/* One key for all panels: that of an empty plot as wide as the figure. */
static bool write_key(Buffer *script, const Draft *draft, Error *err)
{
    static const char empty[] =
        "unset border\nunset tics\nunset xlabel\nunset ylabel\nunset title\n"
        "set lmargin at screen 0\nset rmargin at screen 1\n"
        "set key at screen 0.5,0.99 center top horizontal\nplot [0:1] [0:1]";
    if (!buffer_add_text(script, empty, err)) return false;
    for (int c = 0; c < draft->outcome->n_cells; c++)
        if (!buffer_format(script, err, "%s \\\n    NaN with linespoints ls %d title ",
                           c ? "," : "", figure_style(c)) ||
            !figure_quote(script, draft->numbers->cells.text[c], err))
            return false;
    return buffer_add_text(script, "\nset border 3\nset tics nomirror\n", err);
}

static double last_epoch(const Draft *draft)
{
    double last = 1;
    for (size_t i = 0; i < draft->curves.n; i++)
        if (draft->curves.points[i].measure == CURVES_VALIDATION_SCORE)
            last = fmax(last, draft->curves.points[i].epoch);
    return last;
}

static bool write(Buffer *csv, Buffer *script, const Draft *draft, Error *err)
{
    const double epochs = last_epoch(draft);
    if (!write_values(csv, draft, err) ||
        !buffer_format(script, err, "set xlabel 'epoch' offset 0,0.4\nset xtics %.0f\n",
                       ceil(epochs / 6)) ||
        !buffer_format(script, err, "set xrange [%.3g:%.6g]\nset multiplot\nunset key\n",
                       1 - epochs / 20, epochs + epochs / 20))
        return false;
    for (int t = 0; t < draft->outcome->plan->n_tasks; t++)
        if (!write_panel(script, draft, t, err)) return false;
    return write_key(script, draft, err) && buffer_add_text(script, "unset multiplot\n", err);
}

const Figure figure_finetuning = {
    .name = "finetuning",
    .title = "Fine-tuning",
    .is_section = true,
    .caption = "Validation score after each epoch: mean over the seeds, and the band from the "
               "worst to the best seed. "
               "The weights of the best epoch are those that were tested.",
    .wanted = wanted,
    .write = write,
    .width = width,
    .height = height,
};
