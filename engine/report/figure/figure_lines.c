#include "report/figure/figure_lines.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/escape.h"

/* --- making ------------------------------------------------------------------------------------- */

bool figure_lines_make(FigureLines *lines, size_t n_panels, size_t most_lines, size_t most_entries,
                       Arena *arena, Error *err)
{
    *lines = (FigureLines){.n_panels = n_panels, .arena = arena};
    lines->panels = arena_alloc(arena, n_panels, sizeof *lines->panels, err);
    lines->lines = arena_alloc(arena, most_lines, sizeof *lines->lines, err);
    lines->entries = arena_alloc(arena, most_entries + 1, sizeof *lines->entries, err);
    if (!lines->panels || !lines->lines || !lines->entries) return false;
    for (size_t p = 0; p < n_panels; p++) lines->panels[p].level = (double)NAN;
    return true;
}

FigureLine *figure_lines_add(FigureLines *lines, int panel, int colour, size_t capacity, Error *err)
{
    FigureLine *line = &lines->lines[lines->n_lines];
    *line = (FigureLine){.panel = panel, .colour = colour, .dash = -1, .capacity = capacity};
    line->points = arena_alloc(lines->arena, capacity, sizeof *line->points, err);
    if (!line->points) return NULL;
    lines->n_lines++;
    return line;
}

void figure_lines_point(FigureLine *line, double x, double value, double low, double high)
{
    assert(line->n < line->capacity);
    line->points[line->n++] = (FigurePoint){x, value, low, high};
}

void figure_lines_entry(FigureLines *lines, const char *title, FigureSample sample, int colour,
                        int dash)
{
    lines->entries[lines->n_entries++] = (FigureEntry){title, sample, colour, dash};
}

/* Sizes are pixels. */
enum {
    MARGIN = 75,      /* left of the first panel */
    GAP = 85,         /* between panels side by side, for numbers and label */
    EDGE = 16,        /* right of the last */
    NUMBERS = 36,     /* below each panel */
    LABEL = 32,       /* below those of the last row */
    TITLE = 30,       /* above each panel that has one */
    MOST_BANDS = 2,   /* in a panel; intervals of more lines are bars */
    MOST_MARKED = 24, /* points of a line */
};

/* --- values ------------------------------------------------------------------------------------- */

static bool write_point(Buffer *csv, const FigureLines *lines, size_t l, const FigurePoint *point,
                        bool marked, Error *err)
{
    const FigureLine *line = &lines->lines[l];
    const char *title = lines->panels[line->panel].title;
    if (!buffer_format(csv, err, "%zu,", l) || !csv_number(csv, point->x, err) ||
        !csv_number(csv, point->value, err) || !csv_number(csv, point->low, err) ||
        !csv_number(csv, point->high, err) || !buffer_format(csv, err, "%d,", marked) ||
        !escape_gnuplot_field(csv, title ? title : "", err) ||
        !escape_gnuplot_field(csv, line->series ? line->series : "", err) ||
        !escape_gnuplot_field(csv, line->part ? line->part : "", err))
        return false;
    csv_end(csv);
    return true;
}

static double place(const FigureLines *lines, double x)
{
    return lines->x.log ? log10(x) : x;
}

/* Of a line of many points those are marked that stand apart by an eighth of it. */
static bool is_apart(const FigureLines *lines, const FigureLine *line, const FigurePoint *before,
                     const FigurePoint *point)
{
    const FigurePoint *first = line->points;
    if (lines->x.log && first->x <= 0) first++;
    const double span = place(lines, line->points[line->n - 1].x) - place(lines, first->x);
    const double step = place(lines, point->x) - place(lines, before->x);
    return line->n <= MOST_MARKED || !(step < span / 8); /* not finite: from 0 on a logarithm */
}

static bool write_values(Buffer *csv, const FigureLines *lines, Error *err)
{
    if (!buffer_add_text(csv, "line,x,value,low,high,marked,panel,series,part\n", err))
        return false;
    for (size_t l = 0; l < lines->n_lines; l++) {
        const FigurePoint *point = lines->lines[l].points, *last_marked = NULL;
        for (size_t i = 0; i < lines->lines[l].n; i++) {
            bool marked = !last_marked || is_apart(lines, &lines->lines[l], last_marked, &point[i]);
            if (marked) last_marked = &point[i];
            if (!write_point(csv, lines, l, &point[i], marked, err)) return false;
        }
    }
    return true;
}

/* --- axes --------------------------------------------------------------------------------------- */

/* The values that an axis is over: of one panel, or of all of them (-1). */
static double *axis_values(size_t *n_values, const FigureLines *lines, int panel, Error *err)
{
    size_t n = 0;
    for (size_t l = 0; l < lines->n_lines; l++) n += lines->lines[l].n;
    double *x = arena_alloc(lines->arena, n, sizeof *x, err);
    if (!x) return NULL;
    n = 0;
    for (size_t l = 0; l < lines->n_lines; l++)
        for (size_t i = 0; i < lines->lines[l].n; i++)
            if (panel < 0 || lines->lines[l].panel == panel) x[n++] = lines->lines[l].points[i].x;
    *n_values = figure_axis_sort(x, n);
    return x;
}

static bool write_axis(Buffer *script, const FigureLines *lines, int panel, int pixels, Error *err)
{
    size_t n;
    const double *x = axis_values(&n, lines, panel, err);
    return x && (n == 0 || figure_axis_write(script, &lines->x, x, n, pixels, err));
}

static FigureRange range_of(const FigureLines *lines, int panel)
{
    FigureRange range = {INFINITY, -INFINITY};
    for (size_t l = 0; l < lines->n_lines; l++) {
        const FigureLine *line = &lines->lines[l];
        for (size_t i = 0; line->panel == panel && i < line->n; i++) {
            const FigurePoint *point = &line->points[i];
            range.low = fmin(range.low, fmin(point->value, point->low)); /* NaN is passed over */
            range.high = fmax(range.high, fmax(point->value, point->high));
        }
    }
    if (lines->from_zero) range.low = fmin(range.low, 0);
    const double least = 1e-4 * fabs(range.high); /* below, what is written is hardly a range */
    const bool is_flat = range.high - range.low <= least;
    double room = 0.07 * (range.high - range.low);
    if (is_flat) room = fabs(range.high) > 0 ? 0.05 * fabs(range.high) : 1;
    if (lines->log_y && range.low > 0) {
        double factor = is_flat ? 1.05 : pow(range.high / range.low, 0.07);
        return (FigureRange){range.low / factor, range.high * factor};
    }
    return (FigureRange){lines->from_zero && range.low == 0 ? 0 : range.low - room,
                         range.high + room};
}

/* --- sizes, in pixels --------------------------------------------------------------------------- */

typedef struct Layout {
    int columns, rows;
    int panel_width, panel_height;
    int above;        /* each panel */
    size_t n_entries; /* shown */
    int key_height;
    int width, height;
} Layout;

static bool is_level_shown(const FigureLines *lines, int panel)
{
    FigureRange range = range_of(lines, panel);
    double level = lines->panels[panel].level;
    return level > range.low && level <= range.high;
}

/* An entry alone says nothing; that of levels, the last, goes where none is shown. */
static size_t n_shown_entries(const FigureLines *lines)
{
    size_t n = lines->n_entries;
    bool level = false;
    for (size_t p = 0; p < lines->n_panels; p++) level |= is_level_shown(lines, (int)p);
    if (n > 0 && lines->entries[n - 1].sample == FIGURE_SAMPLE_LEVEL && !level) n--;
    return n > 1 ? n : 0;
}

/* One, two and four panels fit into a column; of more, three or four stand side by side on a page. */
static int columns_of(int n)
{
    if (n <= 2) return n;
    if (n == 4) return 2;
    return n % 3 == 0 || n < 6 ? 3 : 4;
}

static Layout lay_out(const FigureLines *lines)
{
    int n = (int)lines->n_panels;
    Layout layout = {.columns = columns_of(n)};
    layout.rows = (n + layout.columns - 1) / layout.columns;
    layout.width = layout.columns <= 2 ? FIGURE_COLUMN : FIGURE_PAGE;
    layout.panel_width =
        (layout.width - MARGIN - EDGE - GAP * (layout.columns - 1)) / layout.columns;
    layout.panel_height = layout.columns == 1 ? 240 : 170;
    layout.above = lines->panels[0].title ? TITLE : 8;
    layout.n_entries = n_shown_entries(lines);
    layout.key_height = figure_key_height(lines->entries, layout.n_entries, layout.width);
    layout.height =
        layout.key_height + (layout.above + layout.panel_height + NUMBERS) * layout.rows + LABEL;
    return layout;
}

/* A logarithmic one is marked at round numbers. */
static bool write_range(Buffer *script, const FigureLines *lines, FigureRange range, Error *err)
{
    double marks[32];
    if (!buffer_format(script, err, "set yrange [%.6g:%.6g]\n", range.low, range.high))
        return false;
    if (!lines->log_y) return true;
    size_t n = figure_axis_round(marks, sizeof marks / sizeof *marks, range.low, range.high);
    if (!buffer_add_text(script, "set logscale y\nset ytics (", err)) return false;
    for (size_t i = 0; i < n; i++)
        if (!buffer_format(script, err, "%s%g", i ? ", " : "", marks[i])) return false;
    return buffer_add_text(script, ")\n", err);
}

/* --- panels ------------------------------------------------------------------------------------- */

/* Of a panel, in pixels from the upper left corner. */
static double left_of(const Layout *layout, int panel)
{
    const int column = panel % layout->columns;
    return MARGIN + (layout->panel_width + GAP) * column;
}

static double top_of(const Layout *layout, int panel)
{
    const int row = panel / layout->columns;
    return layout->key_height + layout->above +
           (layout->above + layout->panel_height + NUMBERS) * row;
}

static bool place_panel(Buffer *script, const Layout *layout, int panel, Error *err)
{
    const double across = layout->width, up = layout->height;
    const double left = left_of(layout, panel), top = up - top_of(layout, panel);
    return buffer_format(script, err, "set lmargin at screen %.4f\nset rmargin at screen %.4f\n",
                         left / across, (left + layout->panel_width) / across) &&
           buffer_format(script, err, "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                         top / up, (top - layout->panel_height) / up);
}

static bool has_intervals(const FigureLine *line)
{
    for (size_t i = 0; i < line->n; i++)
        if (isfinite(line->points[i].low)) return !line->faint;
    return false;
}

static int count_intervals(const FigureLines *lines, int panel)
{
    int n = 0;
    for (size_t l = 0; l < lines->n_lines; l++)
        n += lines->lines[l].panel == panel && has_intervals(&lines->lines[l]);
    return n;
}

static bool write_interval(Buffer *script, const char *rows, int colour, bool bar, Error *err)
{
    int style = figure_style(colour);
    return bar ? buffer_format(script, err,
                               "%s:4:(0):($5 - $4) with vectors nohead ls %d lw 1 dt 1, \\\n    ",
                               rows, style)
               : buffer_format(script, err,
                               "%s:4:5 with filledcurves ls %d fs transparent solid 0.18 noborder, "
                               "\\\n    ",
                               rows, style);
}

/* `shift`, in places: bars of several lines at the same x stand a little apart. */
static bool write_line(Buffer *script, const FigureSheet *sheet, const FigureLines *lines, size_t l,
                       bool bar, double shift, Error *err)
{
    const FigureLine *line = &lines->lines[l];
    char look[FIGURE_LOOK_BYTES];
    figure_key_look(look, line->faint ? FIGURE_SAMPLE_FAINT : FIGURE_SAMPLE_LINE, line->colour,
                    line->dash);
    char *rows = arena_format(lines->arena, err,
                              "'%s.csv' every ::1 using ($1 == %zu ? place($2) + %.4g : NaN)",
                              sheet->name, l, shift);
    if (!rows || (has_intervals(line) && !write_interval(script, rows, line->colour, bar, err)) ||
        !buffer_format(script, err, "%s:3 with lines %s", rows, look))
        return false;
    return line->faint ||
           buffer_format(script, err, ", \\\n    %s:($6 == 1 ? $3 : NaN) with points %s", rows,
                         look);
}

/* How far apart bars stand, in places: 3 pixels. */
static double bar_step(const FigureLines *lines, const Layout *layout)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t l = 0; l < lines->n_lines; l++)
        for (size_t i = 0; i < lines->lines[l].n; i++) {
            double x = lines->lines[l].points[i].x;
            if (lines->x.log && x <= 0) continue;
            low = fmin(low, lines->x.log ? log10(x) : x);
            high = fmax(high, lines->x.log ? log10(x) : x);
        }
    return high > low ? 3.0 * (high - low) / layout->panel_width : 0;
}

static bool write_lines(Buffer *script, const FigureSheet *sheet, const FigureLines *lines,
                        const Layout *layout, int panel, Error *err)
{
    const int n = count_intervals(lines, panel);
    const bool bars = n > MOST_BANDS;
    const double step = bars && !lines->in_place ? bar_step(lines, layout) : 0;
    int nth = 0; /* of those with intervals */
    bool first = true;
    for (size_t l = 0; l < lines->n_lines; l++) {
        if (lines->lines[l].panel != panel || lines->lines[l].n == 0) continue;
        bool apart = has_intervals(&lines->lines[l]);
        double shift = apart ? (nth++ - (n - 1) / 2.0) * step : 0;
        if (!buffer_add_text(script, first ? " \\\n    " : ", \\\n    ", err) ||
            !write_line(script, sheet, lines, l, bars, shift, err))
            return false;
        first = false;
    }
    return true;
}

/* "-0.05" takes more room than there is left of the first panel. */
static bool has_long_numbers(const FigureLines *lines, int panel)
{
    const FigureRange range = range_of(lines, panel);
    return !lines->log_y && range.low < -0.05 && range.high - range.low < 0.45;
}

/* The horizontal axis has its title below the last panel of each column. */
static bool write_titles(Buffer *script, const FigureLines *lines, const Layout *layout, int panel,
                         Error *err)
{
    const bool at_edge = panel % layout->columns == 0 && has_long_numbers(lines, panel);
    const FigurePanel *at = &lines->panels[panel];
    bool lowest = panel + layout->columns >= (int)lines->n_panels;
    return buffer_add_text(script, "set xlabel ", err) &&
           escape_gnuplot(script, lowest ? lines->x.title : "", err) &&
           buffer_add_text(script, " noenhanced offset 0,0.3\nset title ", err) &&
           escape_gnuplot(script, at->title ? at->title : "", err) &&
           buffer_add_text(script, " noenhanced offset 0,-0.5\nset ylabel ", err) &&
           escape_gnuplot(script, at->label, err) &&
           buffer_add_text(script,
                           at_edge ? " noenhanced offset 2,0\n" : " noenhanced offset 1,0\n", err);
}

static bool write_panel(FigureSheet *sheet, const FigureLines *lines, const Layout *layout,
                        int panel, Error *err)
{
    Buffer *script = &sheet->script;
    FigureRange range = range_of(lines, panel);
    char look[FIGURE_LOOK_BYTES];
    figure_key_look(look, FIGURE_SAMPLE_LEVEL, 0, -1);
    if (!isfinite(range.low) || !isfinite(range.high)) return true; /* nothing in it */
    if (!place_panel(script, layout, panel, err) ||
        (lines->own_x && !write_axis(script, lines, panel, layout->panel_width, err)) ||
        !write_titles(script, lines, layout, panel, err) ||
        !write_range(script, lines, range, err) || !buffer_add_text(script, "plot", err) ||
        !write_lines(script, sheet, lines, layout, panel, err))
        return false;
    if (is_level_shown(lines, panel) && !buffer_format(script, err, ", \\\n    %.6g with lines %s",
                                                       lines->panels[panel].level, look))
        return false;
    return buffer_add_char(script, '\n', err);
}

/* --- spots -------------------------------------------------------------------------------------- */

static char *spot_text(const FigureLines *lines, const FigureLine *line, const FigurePoint *point,
                       Error *err)
{
    const char *title = lines->panels[line->panel].title, *name = line->series;
    Buffer text = buffer_create(lines->arena);
    if (!buffer_format(&text, err, "%s%s%s%s%s: %.4g", name && name[0] ? name : "",
                       name && name[0] ? ", " : "", title ? title : "", title ? ", " : "",
                       lines->x.title, point->x) ||
        !buffer_format(&text, err, ": %.4g", point->value) ||
        (isfinite(point->low) &&
         !buffer_format(&text, err, " [%.4g, %.4g]", point->low, point->high)))
        return NULL;
    return text.data;
}

/* From the bottom of a panel, as a share of its height. */
static double share_up(const FigureLines *lines, FigureRange range, double value)
{
    if (lines->log_y) return log(value / range.low) / log(range.high / range.low);
    return (value - range.low) / (range.high - range.low);
}

static bool add_spot(FigureSheet *sheet, const FigureLines *lines, const Layout *layout,
                     const FigureLine *line, const FigurePoint *point, const double *x, size_t n,
                     FigureRange range, Error *err)
{
    const char *text = spot_text(lines, line, point, err);
    return text &&
           figure_spot(sheet,
                       left_of(layout, line->panel) +
                           layout->panel_width * figure_axis_share(&lines->x, x, n, point->x),
                       top_of(layout, line->panel) +
                           layout->panel_height * (1 - share_up(lines, range, point->value)),
                       text, err);
}

/* What is marked. */
static bool add_spots(FigureSheet *sheet, const FigureLines *lines, const Layout *layout,
                      Error *err)
{
    for (size_t l = 0; l < lines->n_lines; l++) {
        const FigureLine *line = &lines->lines[l];
        const FigurePoint *last = NULL;
        size_t n;
        const double *x = axis_values(&n, lines, lines->own_x ? line->panel : -1, err);
        const FigureRange range = range_of(lines, line->panel);
        if (!x) return false;
        for (size_t i = 0; i < line->n && !line->faint; i++) {
            if (last && !is_apart(lines, line, last, &line->points[i])) continue;
            last = &line->points[i];
            if (!add_spot(sheet, lines, layout, line, last, x, n, range, err)) return false;
        }
    }
    return true;
}

bool figure_lines_draw(FigureSheet *sheet, const FigureLines *lines, Error *err)
{
    const Layout layout = lay_out(lines);
    Buffer *script = &sheet->script;
    sheet->width = layout.width;
    sheet->height = layout.height;
    if (!write_values(&sheet->csv, lines, err) ||
        !write_axis(script, lines, -1, layout.panel_width, err) ||
        !buffer_add_text(script, "set bars small\nset multiplot\nunset key\n", err))
        return false;
    for (int p = 0; p < (int)lines->n_panels; p++)
        if (!write_panel(sheet, lines, &layout, p, err)) return false;
    return add_spots(sheet, lines, &layout, err) &&
           figure_key_write(script, lines->entries, layout.n_entries, layout.width, layout.height,
                            err) &&
           buffer_add_text(script, "unset multiplot\n", err);
}
