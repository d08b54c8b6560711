#include "report/figure/figure.h"

#include <string.h>

#include "base/file.h"
#include "base/program.h"

int figure_style(int series)
{
    return series % FIGURE_STYLES + 1;
}

bool figure_check(Error *err)
{
    const char *argv[] = {"gnuplot", "--version", NULL};
    int status = program_run(argv, NULL, NULL);
    if (status == 0) return true;
    if (status == PROGRAM_MISSING)
        error_set(err, "gnuplot is missing: it draws the figures of a result");
    else error_set(err, "gnuplot does not run (exit status %d)", status);
    return error_hint(
        err,
        "apt-get install gnuplot-nox (or the gnuplot of your system, with its cairo terminals)");
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

/* Letters are 15 pixels, 7.2 points, high; to cairo's terminal a point is a 96th of an inch. */
static bool begin_script(Buffer *script, const FigureSheet *sheet, Error *err)
{
    const double pixels_an_inch = 150; /* 510 pixels stand for a column of 3.4 inches */
    return buffer_format(script, err,
                         "# In this folder, `gnuplot %s.gp` draws %s.svg and %s.pdf from %s.csv.\n"
                         "set datafile separator ','\nset encoding utf8\nset border 3\nset tics "
                         "nomirror noenhanced\n"
                         "set grid ytics lc rgb '#dddddd' lt 1 lw 0.5\nset key noenhanced samplen "
                         "2.5 spacing 1.1\n",
                         sheet->name, sheet->name, sheet->name, sheet->name) &&
           buffer_add_text(script, styles, err) &&
           buffer_format(script, err,
                         "do for [kind in 'svg pdf'] {\n"
                         "if (kind eq 'svg') {\n"
                         "    set terminal svg size %d,%d font 'Helvetica,15' background '#ffffff' "
                         "name 'figure'\n"
                         "} else {\n"
                         "    set terminal pdfcairo size %.2fin,%.2fin font 'Helvetica,5.5' "
                         "fontscale 1 linewidth 0.7\n"
                         "}\nset output '%s.'.kind\n",
                         sheet->width, sheet->height, sheet->width / pixels_an_inch,
                         sheet->height / pixels_an_inch, sheet->name);
}

static bool write_file(const char *folder, const char *name, const char *ending, const Buffer *text,
                       Arena *arena, Error *err)
{
    char *path = arena_format(arena, err, "%s/%s.%s", folder, name, ending);
    return path && file_write(path, text->data, text->size, err);
}

/* --- drawing -------------------------------------------------------------------------------------- */

/* The time of drawing that cairo notes down becomes the day of the paper: same numbers, same bytes. */
static bool settle_date(const char *path, Arena *arena, Error *err)
{
    static const char key[] = "/CreationDate (D:", day[] = "20180611000000";
    char *bytes;
    size_t size;
    if (!file_read(&bytes, &size, path, arena, err)) return false;
    char *date = memmem(bytes, size, key, strlen(key));
    if (!date || (size_t)(bytes + size - date) < strlen(key) + strlen(day)) return true;
    memcpy(date + strlen(key), day, strlen(day));
    return file_write(path, bytes, size, err);
}

static bool gnuplot_failed(int status, const char *folder, const char *log, Arena *arena,
                           Error *err)
{
    char *words = "", *path = file_join(arena, folder, log, err);
    size_t size;
    if (status == PROGRAM_MISSING) return figure_check(err);
    if (!path || !file_read(&words, &size, path, arena, err)) return false;
    words += strspn(words, "\n");
    return error_set(err, "gnuplot ended with status %d: %.400s", status, words);
}

static bool run_gnuplot(const char *name, const char *folder, Arena *arena, Error *err)
{
    char *script = arena_format(arena, err, "%s.gp", name);
    char *log = arena_format(arena, err, "%s.log", name);
    char *pdf = arena_format(arena, err, "%s/%s.pdf", folder, name);
    if (!script || !log || !pdf) return false;
    const char *argv[] = {"gnuplot", script, NULL};
    int status = program_run(argv, folder, log);
    if (status != 0) return gnuplot_failed(status, folder, log, arena, err);
    char *path = file_join(arena, folder, log, err);
    return path && file_remove_tree(path, err) && settle_date(pdf, arena, err);
}

bool figure_write(const Figure *figure, const char *folder, const Result *result, Error *err)
{
    FigureSheet sheet = {.name = experiment_report_figure_words[figure->kind],
                         .csv = buffer_create(result->arena),
                         .script = buffer_create(result->arena)};
    Buffer script = buffer_create(result->arena);
    bool ok = figure->draw(&sheet, result, err) && begin_script(&script, &sheet, err) &&
              buffer_add(&script, sheet.script.data, sheet.script.size, err) &&
              buffer_add_text(&script, "}\nset output\n", err) &&
              write_file(folder, sheet.name, "csv", &sheet.csv, result->arena, err) &&
              write_file(folder, sheet.name, "gp", &script, result->arena, err);
    return ok || error_wrap(err, "drawing the figure '%s'", sheet.name);
}

bool figure_plot(const Figure *figure, const char *folder, Arena *arena, Error *err)
{
    const char *name = experiment_report_figure_words[figure->kind];
    return run_gnuplot(name, folder, arena, err) ||
           error_wrap(err, "drawing the figure '%s'", name);
}
