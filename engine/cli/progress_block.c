#include "cli/progress_block.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/control.h"
#include "base/encoding.h"
#include "cli/progress_text.h"

enum { CELL_BYTES = 1024, LEAST_BAR = 10 };

/* --- a line -------------------------------------------------------------------------------------------- */

typedef enum Colour { PLAIN, DIM, GREEN, CYAN, YELLOW } Colour;

/* Where the next character goes. */
typedef struct Pen {
    ProgressBlock *block;
    const ProgressStyle *style;
    int width; /* that a line may have */
    int column;
} Pen;

static void add_bytes(ProgressBlock *block, const char *bytes, size_t size)
{
    if (size > sizeof block->text - block->size) return; /* 64 lines of any terminal are less */
    memcpy(block->text + block->size, bytes, size);
    block->size += size;
}

static void colour(const Pen *pen, Colour wanted)
{
    static const char *const codes[] = {"\033[0m", "\033[2m", "\033[32m", "\033[36m", "\033[33m"};
    if (pen->style->colour) add_bytes(pen->block, codes[wanted], strlen(codes[wanted]));
}

/* Behind so many characters, or at the end. */
static const char *skip(const char *text, int n)
{
    for (; *text && n > 0; n--) do
            text++;
        while (encoding_continues(*text));
    return text;
}

static void put(Pen *pen, const char *text)
{
    const int letters = (int)encoding_letters(text), room = pen->width - pen->column;
    const int n = letters < room ? letters : room;
    add_bytes(pen->block, text, (size_t)(skip(text, n) - text));
    pen->column += n;
}

static void spaces(Pen *pen, int n)
{
    for (; n > 0; n--) put(pen, " ");
}

static void write_in(Pen *pen, Colour wanted, const char *text)
{
    colour(pen, wanted);
    put(pen, text);
    colour(pen, PLAIN);
}

static void end_line(Pen *pen)
{
    static const char clear_rest[] = "\033[K\n";
    ProgressBlock *block = pen->block;
    add_bytes(block, clear_rest, sizeof clear_rest - 1);
    block->columns[block->n++] = pen->column;
    pen->column = 0;
}

/* --- cells --------------------------------------------------------------------------------------------- */

/* Names of specs and files tell a terminal nothing. */
static void make_harmless(char shown[CELL_BYTES], const char *text)
{
    shown[0] = '\0';
    for (size_t left = strlen(text), length = 0; left > 0 && length + CONTROL_SHOWN < CELL_BYTES;
         length = strlen(shown)) {
        const size_t n = control_show(shown + length, text, left);
        text += n;
        left -= n;
    }
}

/* In so many columns: what is longer loses its middle, because titles differ at both ends. */
static void write_left(Pen *pen, const char *text, int columns)
{
    char shown[CELL_BYTES];
    make_harmless(shown, text);
    const int letters = (int)encoding_letters(shown), begin = pen->column;
    if (letters > columns) {
        const char *mark = pen->style->unicode ? "…" : "~";
        const int head = (columns - 1) / 2, tail = columns - 1 - head;
        const char *last = skip(shown, letters - tail);
        *(char *)skip(shown, head) = '\0';
        put(pen, shown);
        put(pen, mark);
        put(pen, last);
    } else put(pen, shown);
    spaces(pen, columns - (pen->column - begin));
}

static void write_right(Pen *pen, const char *text, int columns)
{
    spaces(pen, columns - (int)encoding_letters(text));
    put(pen, text);
}

static void write_bar(Pen *pen, double share, int columns)
{
    const int full = (int)(share * columns);
    const char *const done = pen->style->unicode ? "█" : "#", *const left =
                                                                  pen->style->unicode ? "░" : ".";
    colour(pen, GREEN);
    for (int i = 0; i < full; i++) put(pen, done);
    colour(pen, DIM);
    for (int i = full; i < columns; i++) put(pen, left);
    colour(pen, PLAIN);
}

/* --- the first line ------------------------------------------------------------------------------------ */

/* What stands behind the bar, without `stages` where there is no room for it. */
static void write_line(Pen *pen, const char *name, double share, const char *stages,
                       const char *time)
{
    char behind[CELL_BYTES], shown[CELL_BYTES];
    make_harmless(shown, name);
    const int letters = (int)encoding_letters(shown), gaps = 4;
    snprintf(behind, sizeof behind, "%3.0f %%%s%s", 100 * share, stages, time);
    if (letters + gaps + LEAST_BAR + (int)strlen(behind) > pen->width)
        snprintf(behind, sizeof behind, "%3.0f %%%s", 100 * share, time);
    const int room = pen->width - gaps - (int)strlen(behind);
    const int columns = letters + LEAST_BAR <= room ? letters : room - LEAST_BAR;
    if (columns > 0) write_left(pen, shown, columns);
    spaces(pen, 2);
    write_bar(pen, share, columns > 0 ? room - columns : room);
    spaces(pen, 2);
    write_in(pen, pen->style->stopping ? YELLOW : PLAIN, behind);
    end_line(pen);
}

static void describe_time(char text[64], const ProgressStyle *style, double left_seconds)
{
    char left[32];
    clock_duration(left, left_seconds);
    if (style->stopping)
        snprintf(text, 64, "  stopping%s",
                 style->columns < 80 ? "" : "; Ctrl-C again ends at once");
    else if (left_seconds >= 0) snprintf(text, 64, "  %s left", left);
    else text[0] = '\0';
}

static void draw_plan(Pen *pen, const ProgressPlan *plan)
{
    char time[64], stages[48];
    describe_time(time, pen->style, plan->left_seconds);
    snprintf(stages, sizeof stages, "  %d of %d stages", plan->n_done, plan->n_stages);
    write_line(pen, plan->name, plan->share, stages, time);
}

static void describe_rate(char text[64], const ProgressWork *work, bool with_unit)
{
    char rate[PROGRESS_AMOUNT_BYTES];
    progress_text_amount(rate, work->rate);
    if (work->rate <= 0) text[0] = '\0';
    else if (with_unit) snprintf(text, 64, "%s %s/s", rate, work->unit);
    else snprintf(text, 64, "%s/s", rate);
}

static void draw_alone(Pen *pen, const ProgressWork *work)
{
    char time[64], rate[64], between[80];
    describe_time(time, pen->style, work->left_seconds);
    describe_rate(rate, work, true);
    snprintf(between, sizeof between, "  %s", rate);
    write_line(pen, work->title, work->total > 0 ? fmin(work->done / work->total, 1) : 0, between,
               time);
}

/* --- a line a stage ------------------------------------------------------------------------------------ */

typedef struct Layout {
    int indent, title, done, rate, loss, losses, learning_rate; /* columns */
    int gap;
} Layout;

static Layout layout(int width)
{
    const bool narrow = width < 79, wide = width >= 99;
    Layout layout = {.indent = narrow ? 1 : 2,
                     .gap = narrow ? 1 : 2,
                     .done = 5,
                     .rate = narrow ? 8 : 15,
                     .loss = 5,
                     .losses = narrow ? 6
                               : wide ? 16
                                      : 8,
                     .learning_rate = 7};
    layout.title = width - layout.indent - 5 * layout.gap - layout.done - layout.rate -
                   layout.loss - layout.losses - layout.learning_rate;
    if (layout.title < 1) layout.title = 1; /* narrower than it is made for: cut at the right */
    return layout;
}

static void draw_heading(Pen *pen, const Layout *columns)
{
    colour(pen, DIM);
    spaces(pen, columns->indent + columns->title + columns->gap);
    write_right(pen, "done", columns->done);
    write_right(pen, "rate", columns->gap + columns->rate);
    write_right(pen, "loss", columns->gap + columns->loss);
    write_right(pen, "learning rate", 2 * columns->gap + columns->losses + columns->learning_rate);
    colour(pen, PLAIN);
    end_line(pen);
}

static void write_number(Pen *pen, const char *format, double value, int columns)
{
    char text[32] = "";
    if (!isnan(value)) snprintf(text, sizeof text, format, value);
    write_right(pen, text, columns);
}

/* Five characters of any loss that there is. */
static void write_loss(Pen *pen, double loss, int columns)
{
    write_number(pen, loss < 9.9995 ? "%.3f" : loss < 99.995 ? "%.2f" : "%.3g", loss, columns);
}

static void write_rate(Pen *pen, const ProgressWork *work, int columns)
{
    char text[64];
    describe_rate(text, work, true);
    if ((int)encoding_letters(text) > columns) describe_rate(text, work, false);
    write_right(pen, text, columns);
}

static void write_losses(Pen *pen, const ProgressWork *work, int columns)
{
    char text[SPARKLINE_POINTS * SPARKLINE_COLUMN_BYTES + 1];
    const int drawn = sparkline_draw(text, &work->losses, columns, pen->style->unicode);
    write_in(pen, CYAN, text);
    spaces(pen, columns - drawn);
}

/* Where there is no room for all of a title, what is done goes first: the unit of its rate says as much. */
static const char *title_within(const char *title, int columns)
{
    static const char *const verbs[] = {"fine-tuning ", "pre-training "};
    if ((int)encoding_letters(title) <= columns) return title;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (!strncmp(title, verbs[i], strlen(verbs[i]))) return title + strlen(verbs[i]);
    return title;
}

static void draw_stage(Pen *pen, const ProgressWork *work, const Layout *columns)
{
    char title[sizeof work->title + sizeof work->note + 2];
    snprintf(title, sizeof title, "%s, %s", work->title, work->note);
    const bool notes = work->note[0] && (int)encoding_letters(title) <= columns->title;
    spaces(pen, columns->indent);
    write_left(pen, notes ? title : title_within(work->title, columns->title), columns->title);
    spaces(pen, columns->gap);
    write_number(pen, "%.0f %%", work->total > 0 ? 100 * work->done / work->total : (double)NAN,
                 columns->done);
    spaces(pen, columns->gap);
    write_rate(pen, work, columns->rate);
    spaces(pen, columns->gap);
    write_loss(pen, work->loss, columns->loss);
    spaces(pen, columns->gap);
    write_losses(pen, work, columns->losses);
    spaces(pen, columns->gap);
    write_number(pen, "%.1e", work->learning_rate, columns->learning_rate);
    end_line(pen);
}

/* As many as there is room for, under the plan's line and the heading, with one row for the cursor. */
static void draw_stages(Pen *pen, const ProgressUpdate *update)
{
    const int others = 4, most = pen->style->rows - others;
    const int room = most < PROGRESS_BLOCK_LINES - others ? most : PROGRESS_BLOCK_LINES - others;
    const int n = update->n <= room ? update->n : room;
    const Layout columns = layout(pen->width);
    if (n <= 0) return;
    draw_heading(pen, &columns);
    for (int i = 0; i < n; i++) draw_stage(pen, update->work[i], &columns);
    if (n == update->n) return;
    char more[32];
    snprintf(more, sizeof more, "and %d more", update->n - n);
    spaces(pen, columns.indent);
    write_in(pen, DIM, more);
    end_line(pen);
}

/* --- the whole ----------------------------------------------------------------------------------------- */

void progress_block_draw(ProgressBlock *block, const ProgressUpdate *update,
                         const ProgressStyle *style)
{
    Pen pen = {.block = block, .style = style, .width = style->columns - 1};
    block->n = 0;
    block->size = 0;
    if (update->plan) draw_plan(&pen, update->plan);
    else draw_alone(&pen, update->work[0]);
    if (update->plan) draw_stages(&pen, update);
}

int progress_block_rows(const ProgressBlock *block, int columns)
{
    int rows = 0;
    for (int i = 0; i < block->n; i++)
        rows += columns > 0 && block->columns[i] > columns
                    ? (block->columns[i] + columns - 1) / columns
                    : 1;
    return rows;
}
