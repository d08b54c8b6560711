/* Test scores: tasks side by side, within each task the cells with their 95 % intervals. */
#include "report/csv.h"
#include "report/figure.h"

static const char *task_name(const Draft *draft, int t)
{
    int n = draft->outcome->plan->n_tasks;
    return t < n ? draft->outcome->plan->tasks[t].name : NUMBERS_ALL_TASKS;
}

/* The tasks, and behind them their mean if there are several. */
static int n_places(const Draft *draft)
{
    int n = draft->outcome->plan->n_tasks;
    return n > 1 ? n + 1 : n;
}

static bool wanted(const Draft *draft)
{
    (void)draft;
    return true;
}

static int width(const Draft *draft)
{
    return 260 + 125 * n_places(draft);
}

static int height(const Draft *draft)
{
    return 360 + 12 * draft->outcome->n_cells;
}

/* Series -1: a line across the place of each task. */
static bool write_baselines(Buffer *csv, const Draft *draft, Error *err)
{
    const NumbersTask *task = draft->numbers->tasks.items;
    for (size_t t = 0; t < draft->numbers->tasks.n; t++) {
        if (!buffer_format(csv, err, "-1,%.4g,commonest answer,", (double)t - 0.4) ||
            !csv_text(csv, task[t].name, err) || !csv_number(csv, 100 * task[t].baseline, err) ||
            !buffer_add_text(csv, ",,", err))
            return false;
        csv_end(csv);
    }
    return true;
}

static bool write_values(Buffer *csv, const Draft *draft, Error *err)
{
    const TextList *cells = &draft->numbers->cells;
    if (!buffer_add_text(csv, "series,place,cell,task,mean,low,high\n", err)) return false;
    for (size_t c = 0; c < cells->n; c++)
        for (int t = 0; t < n_places(draft); t++) {
            const NumbersScore *score =
                numbers_score(draft->numbers, cells->text[c], task_name(draft, t));
            double place = t + ((double)c - (double)(cells->n - 1) / 2) * 0.6 / (double)cells->n;
            if (!buffer_format(csv, err, "%zu,%.4g,", c, place) ||
                !csv_text(csv, score->cell, err) || !csv_text(csv, score->task, err) ||
                !csv_number(csv, 100 * score->mean, err) ||
                !csv_number(csv, 100 * score->low, err) || !csv_number(csv, 100 * score->high, err))
                return false;
            csv_end(csv);
        }
    return write_baselines(csv, draft, err);
}

static bool write_places(Buffer *script, const Draft *draft, Error *err)
{
    const Plan *plan = draft->outcome->plan;
    if (!buffer_format(script, err, "set xrange [-0.5:%d.5]\nset xtics scale 0 (",
                       n_places(draft) - 1))
        return false;
    for (int t = 0; t < n_places(draft); t++) {
        const char *unit = t < plan->n_tasks ? plan->tasks[t].metric->title : "mean";
        char *label = arena_format(draft->arena, err, "%s\n%s", task_name(draft, t), unit);
        if (!label || !figure_quote_broken(script, label, err) ||
            !buffer_format(script, err, " %d%s", t, t + 1 < n_places(draft) ? ", " : ")\n"))
            return false;
    }
    return true;
}

static bool write(Buffer *csv, Buffer *script, const Draft *draft, Error *err)
{
    static const char axes[] = "set bmargin 4\nset ylabel 'test score × 100'\nset bars small\n"
                               "set key outside top center horizontal\n"
                               "set offsets 0,0,graph 0.04,graph 0.04\n";
    static const char baselines[] =
        "'scores.csv' every ::1 using ($1 == -1 ? $2 : NaN):5:(0.8):(0) "
        "with vectors nohead lc rgb '#555555' lw 1.2 dt 3 title 'commonest answer'\n";
    const TextList *cells = &draft->numbers->cells;
    if (!write_values(csv, draft, err) || !write_places(script, draft, err) ||
        !buffer_add_text(script, axes, err))
        return false;
    for (size_t c = 0; c < cells->n; c++)
        if (!buffer_format(script, err, "%s'scores.csv' every ::1 ", c ? "     " : "plot ") ||
            !buffer_format(script, err, "using ($1 == %zu ? $2 : NaN):5:6:7 with yerrorbars ", c) ||
            !buffer_format(script, err, "ls %d dt 1 title ", figure_style((int)c)) ||
            !figure_quote(script, cells->text[c], err) || !buffer_add_text(script, ", \\\n", err))
            return false;
    return buffer_format(script, err, "     %s", baselines);
}

const Figure figure_scores = {
    .name = "scores",
    .title = "Test scores",
    .caption = "Mean over the fine-tuning seeds; bars are 95 % bootstrap intervals over seeds and "
               "test examples. Dotted: what always giving the commonest answer would score.",
    .wanted = wanted,
    .write = write,
    .width = width,
    .height = height,
};
