#include "report/figure/figure.h"

#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/program.h"

int figure_style(int series)
{
    return series % FIGURE_STYLES + 1;
}

static bool check_program(const char *name, const char *package, Error *err)
{
    const char *argv[] = {name, "--version", NULL};
    int status = program_run(argv, NULL, NULL);
    if (status == 0) return true;
    if (status == PROGRAM_MISSING)
        error_set(err, "%s is missing: it draws the figures of a result", name);
    else error_set(err, "%s does not run (exit status %d)", name, status);
    return error_hint(err, "apt-get install %s (or the package of your system that brings %s)",
                      package, name);
}

bool figure_check(Error *err)
{
    return check_program("gnuplot", "gnuplot-nox", err) &&
           check_program("rsvg-convert", "librsvg2-bin", err);
}

/* --- the script ----------------------------------------------------------------------------------- */

/* Colours: Okabe and Ito (2008). Filled and open marks alternate with the dashes. */
static const char styles[] = "set style line 1 lc rgb '#0072B2' lw 1.8 dt 1 pt 7 ps 0.8\n"
                             "set style line 2 lc rgb '#D55E00' lw 1.8 dt 2 pt 5 ps 0.8\n"
                             "set style line 3 lc rgb '#009E73' lw 1.8 dt 4 pt 9 ps 0.9\n"
                             "set style line 4 lc rgb '#CC79A7' lw 1.8 dt 3 pt 13 ps 1.0\n"
                             "set style line 5 lc rgb '#E69F00' lw 1.8 dt 5 pt 6 ps 0.8\n"
                             "set style line 6 lc rgb '#56B4E9' lw 1.8 dt 1 pt 4 ps 0.8\n"
                             "set style line 7 lc rgb '#000000' lw 1.8 dt 2 pt 8 ps 0.9\n"
                             "set style line 8 lc rgb '#999999' lw 1.8 dt 4 pt 12 ps 1.0\n";

static bool begin_script(Buffer *script, const FigureSheet *sheet, Error *err)
{
    return buffer_format(
               script, err,
               "# In this folder, `gnuplot %s.gp` draws %s.svg from %s.csv: %d mm wide, letters of "
               "7 points.\n"
               "set datafile separator ','\nset encoding utf8\nset border 3\nset tics "
               "nomirror noenhanced\n"
               "set grid ytics lc rgb '#dddddd' lt 1 lw 0.5\nset key noenhanced samplen "
               "2.5 spacing 1.1\n",
               sheet->name, sheet->name, sheet->name, sheet->width == FIGURE_PAGE ? 174 : 84) &&
           buffer_add_text(script, styles, err) &&
           buffer_format(script, err,
                         "set terminal svg size %d,%d font 'Helvetica,15' background '#ffffff' "
                         "name 'figure'\nset output '%s.svg'\n",
                         sheet->width, sheet->height, sheet->name);
}

static bool write_file(const char *folder, const char *name, const char *ending, const Buffer *text,
                       Arena *arena, Error *err)
{
    char *path = arena_format(arena, err, "%s/%s.%s", folder, name, ending);
    return path && file_write(path, text->data, text->size, err);
}

/* --- drawing -------------------------------------------------------------------------------------- */

static bool program_failed(const char *program, int status, const char *log, Arena *arena,
                           Error *err)
{
    char *words = "";
    size_t size;
    if (status == PROGRAM_MISSING) return figure_check(err);
    if (!file_read(&words, &size, log, arena, err)) return false;
    words += strspn(words, "\n");
    return error_set(err, "%s ended with status %d: %.400s", program, status, words);
}

static bool run(const char *const *argv, const char *folder, Arena *arena, Error *err)
{
    static const char log[] = "figure.log";
    char *path = file_join(arena, folder, log, err);
    if (!path) return false;
    int status = program_run(argv, folder, log);
    if (status != 0) return program_failed(argv[0], status, path, arena, err);
    return file_remove_tree(path, err);
}

/* Letters of 15 pixels are 7.2 points high. */
#define PIXELS_AN_INCH "150"

/* The PDF is the SVG's picture. gnuplot's own would hold the time of drawing. */
static bool draw(const char *name, const char *folder, Arena *arena, Error *err)
{
    char *script = arena_format(arena, err, "%s.gp", name);
    char *svg = arena_format(arena, err, "%s.svg", name);
    char *pdf = arena_format(arena, err, "%s.pdf", name);
    if (!script || !svg || !pdf) return false;
    const char *plot[] = {"gnuplot", script, NULL};
    const char *convert[] = {"rsvg-convert",
                             "--format=pdf",
                             "--dpi-x=" PIXELS_AN_INCH,
                             "--dpi-y=" PIXELS_AN_INCH,
                             "--output",
                             pdf,
                             svg,
                             NULL};
    return run(plot, folder, arena, err) && run(convert, folder, arena, err);
}

bool figure_spot(FigureSheet *sheet, double x, double y, const char *text, Error *err)
{
    return buffer_format(&sheet->spots, err,
                         "<circle class=\"spot\" cx=\"%.1f\" cy=\"%.1f\" r=\"8\"><title>", x, y) &&
           escape_html_format(&sheet->spots, err, "%s</title></circle>\n", text);
}

bool figure_sheet(FigureSheet *sheet, const Figure *figure, const Result *result, Error *err)
{
    *sheet = (FigureSheet){.name = experiment_report_figure_words[figure->kind],
                           .csv = buffer_create(result->arena),
                           .script = buffer_create(result->arena),
                           .spots = buffer_create(result->arena)};
    return figure->draw(sheet, result, err) ||
           error_wrap(err, "drawing the figure '%s'", sheet->name);
}

bool figure_write(const Figure *figure, const char *folder, const Result *result, Error *err)
{
    FigureSheet sheet;
    Buffer script = buffer_create(result->arena);
    if (!figure_sheet(&sheet, figure, result, err)) return false;
    bool ok = begin_script(&script, &sheet, err) &&
              buffer_add(&script, sheet.script.data, sheet.script.size, err) &&
              buffer_add_text(&script, "set output\n", err) &&
              write_file(folder, sheet.name, "csv", &sheet.csv, result->arena, err) &&
              write_file(folder, sheet.name, "gp", &script, result->arena, err);
    return ok || error_wrap(err, "drawing the figure '%s'", sheet.name);
}

bool figure_plot(const Figure *figure, const char *folder, Arena *arena, Error *err)
{
    const char *name = experiment_report_figure_words[figure->kind];
    return draw(name, folder, arena, err) || error_wrap(err, "drawing the figure '%s'", name);
}
