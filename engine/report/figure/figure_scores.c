/* Test scores with their intervals: the cells side by side within each task. Few tasks stand beside one
 * another; many stand below one another, so that the figure stays narrow and names can be read. */
#include "base/csv.h"
#include "base/escape.h"
#include "report/figure/figure.h"
#include "report/figure/figure_key.h"

enum { MOST_ACROSS = 4 };

static const char *task_name(const Result *result, int t)
{
    const NumbersTask *task = result->numbers->tasks.items;
    return t < (int)result->numbers->tasks.n ? task[t].name : NUMBERS_ALL_TASKS;
}

static const char *unit(const Result *result, int t)
{
    const NumbersTask *task = result->numbers->tasks.items;
    return t < (int)result->numbers->tasks.n ? numbers_task_unit(&task[t]) : "mean";
}

/* The tasks, and behind them their mean if there are several. */
static int n_places(const Result *result)
{
    int n = (int)result->numbers->tasks.n;
    return n > 1 ? n + 1 : n;
}

static bool is_across(const Result *result)
{
    return n_places(result) <= MOST_ACROSS;
}

/* Beyond the styles there are, cells could not be told apart: only on request. */
static bool wanted(const Result *result)
{
    const Experiment *experiment = result->experiment;
    return result->numbers->runs.n > 0 &&
           (result->numbers->cells.n <= FIGURE_STYLES ||
            experiment_report_figure(&experiment->report, EXPERIMENT_FIGURE_SCORES));
}

/* --- values ------------------------------------------------------------------------------------- */

/* Series -1: a line across the place of each task. */
static bool write_baselines(Buffer *csv, const Result *result, Error *err)
{
    const NumbersTask *task = result->numbers->tasks.items;
    for (size_t t = 0; t < result->numbers->tasks.n; t++) {
        if (!buffer_format(csv, err, "-1,%.4g,commonest answer,", (double)t - 0.4) ||
            !escape_gnuplot_field(csv, task[t].name, err) ||
            !csv_number(csv, 100 * task[t].baseline, err) || !buffer_add_text(csv, ",,", err))
            return false;
        csv_end(csv);
    }
    return true;
}

static bool write_values(Buffer *csv, const Result *result, Error *err)
{
    const TextList *cells = &result->numbers->cells;
    const double share = is_across(result) ? 0.6 : 0.76; /* of a task's place */
    if (!buffer_add_text(csv, "series,place,cell,task,mean,low,high\n", err)) return false;
    for (size_t c = 0; c < cells->n; c++)
        for (int t = 0; t < n_places(result); t++) {
            const NumbersScore *score =
                numbers_score(result->numbers, cells->text[c], task_name(result, t));
            double place = t + ((double)c - (double)(cells->n - 1) / 2) * share / (double)cells->n;
            if (!buffer_format(csv, err, "%zu,%.4g,", c, place) ||
                !escape_gnuplot_field(csv, score->cell, err) ||
                !escape_gnuplot_field(csv, score->task, err) ||
                !csv_number(csv, 100 * score->mean, err) ||
                !csv_number(csv, 100 * score->low, err) || !csv_number(csv, 100 * score->high, err))
                return false;
            csv_end(csv);
        }
    return write_baselines(csv, result, err);
}

/* --- axes --------------------------------------------------------------------------------------- */

/* Name and unit, in lines; side by side they are also broken behind hyphens. */
static bool write_place(Buffer *script, const char *name, const char *unit, bool across, Error *err)
{
    Buffer label = buffer_create(script->arena);
    const char *const parts[] = {name, "\n", unit};
    for (int i = 0; i < 3; i++)
        for (const char *c = parts[i]; *c; c++)
            if (!buffer_add_char(&label, *c, err) ||
                (across && *c == '-' && !buffer_add_char(&label, '\n', err)))
                return false;
    return escape_gnuplot_tic(script, label.data, err);
}

static bool write_places(Buffer *script, const Result *result, bool across, Error *err)
{
    int n = n_places(result);
    if (!buffer_format(script, err,
                       across ? "set xrange [-0.5:%d.5]\nset xtics scale 0 ("
                              : "set yrange [%d.5:-0.5]\nset ytics scale 0 (",
                       n - 1))
        return false;
    for (int t = 0; t < n; t++) {
        if (!write_place(script, task_name(result, t), unit(result, t), across, err) ||
            !buffer_format(script, err, " %d%s", t, t + 1 < n ? ", " : ")\n"))
            return false;
    }
    return true;
}

static bool write_axes(Buffer *script, bool across, Error *err)
{
    static const char vertical[] = "set bmargin 4\nset ylabel 'test score × 100'\n"
                                   "set offsets 0,0,graph 0.04,graph 0.04\n";
    static const char horizontal[] =
        "set xlabel 'test score × 100' offset 0,0.3\nunset grid\n"
        "set grid xtics lc rgb '#dddddd' lt 1 lw 0.5\n"
        "set xrange [*:*] noextend\nset offsets graph 0.03,graph 0.03,0,0\n";
    return buffer_add_text(script, across ? vertical : horizontal, err);
}

/* A thin line between the places of tasks that stand below one another. */
static bool write_separators(Buffer *script, int n, Error *err)
{
    for (int t = 1; t < n; t++)
        if (!buffer_format(script, err,
                           "set arrow from graph 0, first %d.5 to graph 1, first %d.5 nohead "
                           "lc rgb '#dddddd' lw 0.5\n",
                           t - 1, t - 1))
            return false;
    return true;
}

/* --- the figure --------------------------------------------------------------------------------- */

/* 3,4,5,6,7 of the values are series' names, mean, low and high; below one another, the axes change places. */
static bool write_series(Buffer *script, const TextList *cells, bool across, Error *err)
{
    for (size_t c = 0; c < cells->n; c++)
        if (!buffer_format(script, err, "%s'scores.csv' every ::1 ", c ? "     " : "plot ") ||
            !buffer_format(script, err,
                           across ? "using ($1 == %zu ? $2 : NaN):5:6:7 with yerrorbars "
                                  : "using 5:($1 == %zu ? $2 : NaN):6:7 with xerrorbars ",
                           c) ||
            !buffer_format(script, err, "ls %d dt 1, \\\n", figure_style((int)c)))
            return false;
    return buffer_format(script, err,
                         "     'scores.csv' every ::1 using %s "
                         "with vectors nohead lc rgb '#555555' lw 1.2 dt 3\n",
                         across ? "($1 == -1 ? $2 : NaN):5:(0.8):(0)"
                                : "5:($1 == -1 ? $2 : NaN):(0):(0.8)");
}

/* The cells, and the line across. */
static FigureEntry *make_entries(const Result *result, Error *err)
{
    size_t n = result->numbers->cells.n;
    FigureEntry *entries = arena_alloc(result->arena, n + 1, sizeof *entries, err);
    if (!entries) return NULL;
    for (size_t c = 0; c < n; c++)
        entries[c] = (FigureEntry){result->numbers->cells.text[c], FIGURE_SAMPLE_LINE, (int)c, 0};
    entries[n] = (FigureEntry){"commonest answer", FIGURE_SAMPLE_LEVEL, 0, -1};
    return entries;
}

static bool draw(FigureSheet *sheet, const Result *result, Error *err)
{
    const bool across = is_across(result);
    const int n = n_places(result), n_cells = (int)result->numbers->cells.n;
    const int each = n_cells > 2 ? 16 + 15 * n_cells : 52;
    Buffer *script = &sheet->script;
    FigureEntry *entries = make_entries(result, err);
    if (!entries) return false;
    size_t n_entries = (size_t)n_cells + 1;
    sheet->width = across ? 260 + 125 * n : 640;
    int key = figure_key_height(entries, n_entries, sheet->width);
    sheet->height = key + (across ? 320 : 65 + n * each);
    return write_values(&sheet->csv, result, err) && write_places(script, result, across, err) &&
           write_axes(script, across, err) && (across || write_separators(script, n, err)) &&
           buffer_format(script, err,
                         "set bars small\nset multiplot\nunset key\n"
                         "set tmargin at screen %.4f\n",
                         1 - (key + 6.0) / sheet->height) &&
           write_series(script, &result->numbers->cells, across, err) &&
           buffer_add_text(script, "unset arrow\nset offsets\n", err) &&
           figure_key_write(script, entries, n_entries, sheet->width, sheet->height, err) &&
           buffer_add_text(script, "unset multiplot\n", err);
}

const Figure figure_scores = {
    .kind = EXPERIMENT_FIGURE_SCORES,
    .title = "Test scores",
    .caption = "Mean over the fine-tuning seeds; bars are 95 % bootstrap intervals over seeds and "
               "test examples. Dotted: what always giving the commonest answer would score.",
    .wanted = wanted,
    .draw = draw,
};
