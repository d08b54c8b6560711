/* The figures of a result, drawn by gnuplot from CSV files that stand beside them:
 *
 *   figures/NAME.csv   the values drawn
 *   figures/NAME.gp    the script; `gnuplot NAME.gp` in that folder draws NAME.svg again
 *   figures/NAME.svg, and figures/NAME.pdf, which rsvg-convert makes of it
 *
 * The same values give the same bytes. Series differ by mark and dash as well as by colour (Okabe and Ito's
 * eight), so that a figure can be read in grey and by the colour-blind. Each is as wide as a column or as a page of a
 * journal, at 150 pixels an inch, where its letters are 7 points high. */
#ifndef REPORT_FIGURE_H
#define REPORT_FIGURE_H

#include "result/result.h"

enum { FIGURE_COLUMN = 496, FIGURE_PAGE = 1028 }; /* 84 mm, 174 mm */

/* What a figure is made of. */
typedef struct FigureSheet {
    const char *name;   /* of its files */
    Buffer csv, script; /* the values, and the commands that plot them */
    int width, height;  /* of the SVG in pixels; the width is one of the two */
    Buffer spots;       /* SVG that a page lays over it: values where they are drawn */
} FigureSheet;

/* Adding a figure is one file plus one row in figures.c. */
typedef struct Figure {
    ExperimentFigureKind kind; /* its word is the name of the files */
    const char *title;         /* above it */
    /* With the title as a heading in the page; else it belongs to the one before. */
    bool is_section;
    bool on_request;     /* drawn only where the experiment's report asks for it */
    const char *caption; /* below it: what the marks mean */
    /* More of it, of this result; NULL, or NULL given: none. */
    const char *(*note)(const Result *result);
    bool (*wanted)(const Result *result); /* whether there are values for it */
    bool (*draw)(FigureSheet *sheet, const Result *result, Error *err);
} Figure;

extern const Figure figure_scores, figure_grid, figure_tasks, figure_zero_shot,
    figure_context_window, figure_position, figure_rate, figure_pretraining, figure_finetuning,
    figure_convergence;

/* A value at a place, in pixels from the upper left corner; `text` says what it is. */
bool figure_spot(FigureSheet *sheet, double x, double y, const char *text, Error *err) MUST_USE;

/* The figure with its values and script, drawn by nothing yet. */
bool figure_sheet(FigureSheet *sheet, const Figure *figure, const Result *result,
                  Error *err) MUST_USE;

/* False with what to install when gnuplot or rsvg-convert is not there: ask before work that ends in a figure. */
bool figure_check(Error *err) MUST_USE;

/* The values and the script into the folder; then the two pictures of them. */
bool figure_write(const Figure *figure, const char *folder, const Result *result,
                  Error *err) MUST_USE;
bool figure_plot(const Figure *figure, const char *folder, Arena *arena, Error *err) MUST_USE;

/* The line style of a series, counted from 0. */
enum { FIGURE_STYLES = 8 };
int figure_style(int series);

#endif
