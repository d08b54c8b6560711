/* Test scores with their intervals: tasks below one another, the cells within each; a panel a metric, whose scores
 * share an axis. */
#include <math.h>
#include <string.h>

#include "analysis/cell_words.h"
#include "base/csv.h"
#include "base/escape.h"
#include "report/figure/figure.h"
#include "report/figure/figure_axis.h"
#include "report/figure/figure_key.h"
#include "report/figure/grid.h"

/* Sizes are pixels. */
enum {
    LETTER = 8,   /* how wide most are */
    EDGE = 16,    /* right of the panels */
    GROUP = 14,   /* between tasks */
    EACH = 13,    /* a cell within a task */
    NUMBERS = 62, /* below each panel, for numbers and the axis' title */
};

/* What shares an axis: the tasks of one metric, or their mean. */
typedef struct Panel {
    const char *unit;
    size_t n;
    const char **tasks; /* [n] */
} Panel;

typedef struct Panels {
    size_t n;
    Panel *items;
} Panels;

static Panel *panel_of(Panels *panels, const char *unit)
{
    size_t i = 0;
    while (i < panels->n && strcmp(panels->items[i].unit, unit) != 0) i++;
    if (i == panels->n) panels->items[panels->n++].unit = unit;
    return &panels->items[i];
}

static bool make_panels(Panels *panels, const Result *result, Error *err)
{
    const NumbersTask *task = result->numbers->tasks.items;
    const size_t n = result->numbers->tasks.n;
    *panels = (Panels){0, arena_alloc(result->arena, n + 1, sizeof(Panel), err)};
    const char **names = arena_alloc(result->arena, (n + 1) * (n + 1), sizeof *names, err);
    if (!panels->items || !names) return false;
    for (size_t t = 0; t <= n; t++) {
        if (t == n && n < 2) break;
        Panel *panel =
            panel_of(panels, t < n ? numbers_task_unit(&task[t]) : "mean, as in the paper");
        panel->tasks = names + (size_t)(panel - panels->items) * (n + 1);
        panel->tasks[panel->n++] = t < n ? task[t].name : NUMBERS_ALL_TASKS;
    }
    return true;
}

/* Beyond the styles there are, cells could not be told apart; and a grid is seen along its path. */
static bool wanted(const Result *result)
{
    Grid grid;
    Error unheard = {0};
    bool found = false;
    if (result->numbers->runs.n == 0 || result->numbers->cells.n > FIGURE_STYLES) return false;
    return grid_find(&grid, &found, result, &unheard) && !found;
}

/* --- values ------------------------------------------------------------------------------------- */

static bool write_score(Buffer *csv, const Result *result, size_t panel, size_t place, size_t cell,
                        const char *task, Error *err)
{
    const size_t n = result->numbers->cells.n;
    const NumbersScore *score =
        numbers_score(result->numbers, result->numbers->cells.text[cell], task);
    const double each = (double)EACH / (double)(GROUP + EACH * (int)n);
    const double at = (double)place + ((double)cell - (double)(n - 1) / 2) * each;
    if (!score) return true;
    if (!buffer_format(csv, err, "%zu,%zu,%.4g,", panel, cell, at) ||
        !escape_gnuplot_field(csv, score->cell, err) ||
        !escape_gnuplot_field(csv, score->task, err) || !csv_number(csv, 100 * score->mean, err) ||
        !csv_number(csv, 100 * score->low, err) || !csv_number(csv, 100 * score->high, err))
        return false;
    csv_end(csv);
    return true;
}

/* Series -1: a line across the place of the task. */
static bool write_baseline(Buffer *csv, const Result *result, size_t panel, size_t place,
                           const char *name, Error *err)
{
    const int at = numbers_task_place(result->numbers, name);
    if (at < 0) return true;
    const NumbersTask *task = (const NumbersTask *)result->numbers->tasks.items + at;
    if (!buffer_format(csv, err, "%zu,-1,%.4g,commonest answer,", panel, (double)place - 0.4) ||
        !escape_gnuplot_field(csv, name, err) || !csv_number(csv, 100 * task->baseline, err) ||
        !buffer_add_text(csv, ",,", err))
        return false;
    csv_end(csv);
    return true;
}

static bool write_values(Buffer *csv, const Result *result, const Panels *panels, Error *err)
{
    if (!buffer_add_text(csv, "panel,series,place,cell,task,mean,low,high\n", err)) return false;
    for (size_t p = 0; p < panels->n; p++)
        for (size_t t = 0; t < panels->items[p].n; t++) {
            const char *task = panels->items[p].tasks[t];
            for (size_t c = 0; c < result->numbers->cells.n; c++)
                if (!write_score(csv, result, p, t, c, task, err)) return false;
            if (!write_baseline(csv, result, p, t, task, err)) return false;
        }
    return true;
}

/* --- a panel ------------------------------------------------------------------------------------ */

static bool write_places(Buffer *script, const Panel *panel, Error *err)
{
    if (!buffer_format(script, err, "set yrange [%zu.5:-0.5]\nset ytics scale 0 (", panel->n - 1))
        return false;
    for (size_t t = 0; t < panel->n; t++)
        if (!escape_gnuplot_tic(script, panel->tasks[t], err) ||
            !buffer_format(script, err, " %zu%s", t, t + 1 < panel->n ? ", " : ")\n"))
            return false;
    for (size_t t = 1; t < panel->n; t++)
        if (!buffer_format(script, err,
                           "set arrow from graph 0, first %zu.5 to graph 1, first %zu.5 nohead "
                           "lc rgb '#dddddd' lw 0.5\n",
                           t - 1, t - 1))
            return false;
    return true;
}

/* From the lowest interval to the highest; what the commonest answer scores is among them. */
static FigureRange range_of(const Result *result, const Panel *panel)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t t = 0; t < panel->n; t++) {
        const int at = numbers_task_place(result->numbers, panel->tasks[t]);
        const NumbersTask *task = result->numbers->tasks.items;
        if (at >= 0) low = fmin(low, task[at].baseline), high = fmax(high, task[at].baseline);
        for (size_t c = 0; c < result->numbers->cells.n; c++) {
            const NumbersScore *score =
                numbers_score(result->numbers, result->numbers->cells.text[c], panel->tasks[t]);
            if (score) low = fmin(low, score->low), high = fmax(high, score->high);
        }
    }
    const double room = fmax(0.06 * (high - low), 0.005);
    return (FigureRange){100 * (low - room), 100 * (high + room)};
}

static bool write_range(Buffer *script, FigureRange range, Error *err)
{
    return buffer_format(script, err, "set xrange [%.6g:%.6g] noextend\n", range.low, range.high);
}

/* An interval, and a mark that is smaller than most. */
static bool write_series(Buffer *script, size_t panel, size_t n_cells, Error *err)
{
    for (size_t c = 0; c < n_cells; c++)
        if (!buffer_format(script, err,
                           "%s'scores.csv' every ::1 using 6:($1 == %zu && $2 == %zu ? $3 : NaN)"
                           ":7:8 with xerrorbars ls %d dt 1 lw 2.4 ps 0.55, \\\n",
                           c ? "     " : "plot ", panel, c, figure_style((int)c)))
            return false;
    return buffer_format(script, err,
                         "     'scores.csv' every ::1 using 6:($1 == %zu && $2 == -1 ? $3 : NaN)"
                         ":(0):(0.8) with vectors nohead lc rgb '#555555' lw 1.2 dt 3\n",
                         panel);
}

static int panel_height(const Panel *panel, size_t n_cells)
{
    return (int)panel->n * (GROUP + EACH * (int)n_cells);
}

static bool write_panel(Buffer *script, const FigureSheet *sheet, const Result *result,
                        const Panel *panel, size_t nth, int top, Error *err)
{
    const size_t n_cells = result->numbers->cells.n;
    const double height = sheet->height;
    const int bottom = top + panel_height(panel, n_cells);
    return buffer_format(script, err,
                         "unset arrow\nset tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                         1 - top / height, 1 - bottom / height) &&
           write_range(script, range_of(result, panel), err) && write_places(script, panel, err) &&
           buffer_add_text(script, "set xlabel ", err) &&
           escape_gnuplot(script, panel->unit, err) &&
           buffer_add_text(script, " offset 0,0.4\n", err) &&
           write_series(script, nth, n_cells, err);
}

/* --- spots -------------------------------------------------------------------------------------- */

static bool add_spot(FigureSheet *sheet, const Result *result, const char *cell, const char *task,
                     double x, double y, Error *err)
{
    const NumbersScore *score = numbers_score(result->numbers, cell, task);
    const char *words = cell_words(result->experiment, cell, result->arena, err);
    char *text = words ? arena_format(result->arena, err, "%s, %s: %.1f [%.1f, %.1f]", words, task,
                                      100 * score->mean, 100 * score->low, 100 * score->high)
                       : NULL;
    return text && figure_spot(sheet, x, y, text, err);
}

static bool add_spots(FigureSheet *sheet, const Result *result, const Panel *panel, int left,
                      int top, Error *err)
{
    const TextList *cells = &result->numbers->cells;
    const FigureRange range = range_of(result, panel);
    const double pixels = sheet->width - EDGE - left;
    const double each = panel_height(panel, cells->n) / (double)panel->n;
    for (size_t t = 0; t < panel->n; t++)
        for (size_t c = 0; c < cells->n; c++) {
            const NumbersScore *score =
                numbers_score(result->numbers, cells->text[c], panel->tasks[t]);
            if (!score) continue;
            const double place = ((double)c - (double)(cells->n - 1) / 2) * EACH;
            if (!add_spot(sheet, result, score->cell, score->task,
                          left +
                              pixels * (100 * score->mean - range.low) / (range.high - range.low),
                          top + each * ((double)t + 0.5) + place, err))
                return false;
        }
    return true;
}

/* --- the figure --------------------------------------------------------------------------------- */

/* The cells, and the line across. */
static FigureEntry *make_entries(const Result *result, Error *err)
{
    const size_t n = result->numbers->cells.n;
    FigureEntry *entries = arena_alloc(result->arena, n + 1, sizeof *entries, err);
    if (!entries) return NULL;
    for (size_t c = 0; c < n; c++) {
        const char *title =
            cell_words(result->experiment, result->numbers->cells.text[c], result->arena, err);
        if (!title) return NULL;
        entries[c] = (FigureEntry){title, FIGURE_SAMPLE_LINE, (int)c, 0};
    }
    entries[n] = (FigureEntry){"commonest answer", FIGURE_SAMPLE_LEVEL, 0, -1};
    return entries;
}

static int left_margin(const Panels *panels)
{
    size_t longest = 0;
    for (size_t p = 0; p < panels->n; p++)
        for (size_t t = 0; t < panels->items[p].n; t++)
            longest = longest > strlen(panels->items[p].tasks[t])
                          ? longest
                          : strlen(panels->items[p].tasks[t]);
    return 16 + LETTER * (int)longest;
}

static bool draw(FigureSheet *sheet, const Result *result, Error *err)
{
    const size_t n_cells = result->numbers->cells.n, n_entries = n_cells + 1;
    Buffer *script = &sheet->script;
    Panels panels;
    FigureEntry *entries = make_entries(result, err);
    if (!entries || !make_panels(&panels, result, err)) return false;
    sheet->width = FIGURE_COLUMN;
    const int key = figure_key_height(entries, n_entries, sheet->width);
    sheet->height = key + 6;
    for (size_t p = 0; p < panels.n; p++)
        sheet->height += panel_height(&panels.items[p], n_cells) + NUMBERS;
    if (!write_values(&sheet->csv, result, &panels, err) ||
        !buffer_format(script, err,
                       "unset grid\nset grid xtics lc rgb '#dddddd' lt 1 lw 0.5\nset bars small\n"
                       "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
                       "set multiplot\nunset key\n",
                       left_margin(&panels) / (double)sheet->width,
                       1 - EDGE / (double)sheet->width))
        return false;
    int top = key + 6;
    for (size_t p = 0; p < panels.n; p++) {
        if (!write_panel(script, sheet, result, &panels.items[p], p, top, err) ||
            !add_spots(sheet, result, &panels.items[p], left_margin(&panels), top, err))
            return false;
        top += panel_height(&panels.items[p], n_cells) + NUMBERS;
    }
    return buffer_add_text(script, "unset arrow\n", err) &&
           figure_key_write(script, entries, n_entries, sheet->width, sheet->height, err) &&
           buffer_add_text(script, "unset multiplot\n", err);
}

const Figure figure_scores = {
    .kind = EXPERIMENT_FIGURE_SCORES,
    .title = "Test scores",
    .caption =
        "Scores × 100, mean over the fine-tuning seeds; bars are 95 % bootstrap intervals "
        "over seeds and test examples. Dotted: what always giving the commonest answer would "
        "score.",
    .wanted = wanted,
    .draw = draw,
};
