#include "report/figure/figure_key.h"

#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "base/escape.h"
#include "report/figure/figure.h"

/* Pixels; letters are as wide as most are at the size of the figures. */
enum { LETTER = 8, SAMPLE = 36, ROOM = 8, BETWEEN = 22, EDGE = 8 };

void figure_key_look(char look[FIGURE_LOOK_BYTES], FigureSample sample, int colour, int dash)
{
    static const int dashes[] = {1, 2, 4, 3, 5};
    char dt[16] = "";
    if (dash >= 0) snprintf(dt, sizeof dt, " dt %d", dashes[dash % 5]);
    switch (sample) {
    case FIGURE_SAMPLE_LINE:
        snprintf(look, FIGURE_LOOK_BYTES, "ls %d%s", figure_style(colour), dt);
        return;
    case FIGURE_SAMPLE_FAINT:
        snprintf(look, FIGURE_LOOK_BYTES, "ls %d lw 1%s", figure_style(colour),
                 dash >= 0 ? dt : " dt 3");
        return;
    case FIGURE_SAMPLE_LEVEL: break;
    }
    snprintf(look, FIGURE_LOOK_BYTES, "lc rgb '#555555' lw 1.2 dt 3");
}

/* --- layout ------------------------------------------------------------------------------------- */

typedef struct Layout {
    int columns, rows, column_width;
} Layout;

static Layout lay_out(const FigureEntry *entries, size_t n, int width)
{
    int longest = 0, count = (int)n;
    for (size_t i = 0; i < n; i++)
        if ((int)encoding_letters(entries[i].title) > longest)
            longest = (int)encoding_letters(entries[i].title);
    Layout layout = {.column_width = SAMPLE + ROOM + LETTER * longest + BETWEEN};
    layout.columns = (width - 2 * EDGE + BETWEEN) / layout.column_width;
    if (layout.columns < 1) layout.columns = 1;
    if (layout.columns > count) layout.columns = count > 0 ? count : 1;
    layout.rows = (count + layout.columns - 1) / layout.columns;
    if (layout.rows > 0) layout.columns = (count + layout.rows - 1) / layout.rows; /* even rows */
    return layout;
}

int figure_key_height(const FigureEntry *entries, size_t n, int width)
{
    return n == 0 ? 0 : lay_out(entries, n, width).rows * FIGURE_KEY_LINE + EDGE;
}

/* --- writing ------------------------------------------------------------------------------------ */

/* Where an entry's sample begins, in pixels from the lower left corner. */
typedef struct Place {
    double x, y;
} Place;

static Place place_of(const Layout *layout, size_t entry, int width, int height)
{
    const int row = (int)entry / layout->columns, column = (int)entry % layout->columns;
    const int used = layout->columns * layout->column_width - BETWEEN;
    const double left = used < width ? (width - used) / 2.0 : EDGE;
    return (Place){left + column * layout->column_width,
                   height - EDGE / 2.0 - (row + 0.5) * FIGURE_KEY_LINE};
}

static bool write_title(Buffer *script, const FigureEntry *entry, Place at, int width, int height,
                        Error *err)
{
    return (entry->sample != FIGURE_SAMPLE_LINE ||
            buffer_format(script, err, "set label '' at screen %.4f,%.4f point ls %d\n",
                          (at.x + SAMPLE / 2.0) / width, at.y / height,
                          figure_style(entry->colour))) &&
           buffer_add_text(script, "set label ", err) &&
           escape_gnuplot(script, entry->title, err) &&
           buffer_format(script, err, " at screen %.4f,%.4f left noenhanced\n",
                         (at.x + SAMPLE + ROOM) / width, at.y / height);
}

/* Samples are short functions in a plot as large as the figure. */
static bool write_sample(Buffer *script, const FigureEntry *entry, Place at, int width, int height,
                         Error *err)
{
    char look[FIGURE_LOOK_BYTES];
    figure_key_look(look, entry->sample, entry->colour, entry->dash);
    return buffer_format(script, err, " \\\n    [%.4f:%.4f] %.4f with lines %s,", at.x / width,
                         (at.x + SAMPLE) / width, at.y / height, look);
}

bool figure_key_write(Buffer *script, const FigureEntry *entries, size_t n, int width, int height,
                      Error *err)
{
    const Layout layout = lay_out(entries, n, width);
    if (n == 0) return true;
    for (size_t i = 0; i < n; i++)
        if (!write_title(script, &entries[i], place_of(&layout, i, width, height), width, height,
                         err))
            return false;
    if (!buffer_add_text(
            script,
            "unset border\nunset tics\nunset xlabel\nunset ylabel\nunset title\n"
            "unset logscale\nunset key\nset lmargin at screen 0\nset rmargin at screen 1\n"
            "set tmargin at screen 1\nset bmargin at screen 0\n"
            "set xrange [0:1]\nset yrange [0:1]\nset samples 2\nplot sample",
            err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!write_sample(script, &entries[i], place_of(&layout, i, width, height), width, height,
                          err))
            return false;
    return buffer_add_text(
        script,
        " \\\n    NaN notitle\nunset label\nset samples 100\n"
        "set border 3\nset xtics nomirror\nset ytics nomirror\nset autoscale\nunset lmargin\n"
        "unset rmargin\nunset tmargin\nunset bmargin\n",
        err);
}
