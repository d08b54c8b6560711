/* The figures of a result, drawn by gnuplot from CSV files that stand beside them:
 *
 *   figures/NAME.csv   the values drawn
 *   figures/NAME.gp    the script; `gnuplot NAME.gp` in that folder draws the figure again
 *   figures/NAME.svg, figures/NAME.pdf
 *
 * The same values give the same bytes. Series differ by mark and dash as well as by colour (Okabe and Ito's
 * eight), so that a figure can be read in grey and by the colour-blind. */
#ifndef REPORT_FIGURE_H
#define REPORT_FIGURE_H

#include "report/draft.h"

/* Adding a figure is one file plus one row in figure.c. */
typedef struct Figure {
    const char *name;  /* of its files */
    const char *title; /* above it */
    bool
        is_section; /* with the title as a heading in the page; else it belongs to the one before */
    const char *caption; /* below it: what the marks mean */
    bool (*wanted)(const Draft *draft);
    /* The values, and the commands that plot them. Sizes are those of the SVG in pixels. */
    bool (*write)(Buffer *csv, Buffer *script, const Draft *draft, Error *err);
    int (*width)(const Draft *draft), (*height)(const Draft *draft);
} Figure;

extern const Figure figure_scores, figure_pretraining, figure_finetuning;

/* False with what to install when gnuplot is not there: ask before work that ends in a figure. */
bool figure_check(Error *err) MUST_USE;

/* Draws every figure that is wanted into the draft's folder. */
bool figure_draw_all(const Draft *draft, Error *err) MUST_USE;

/* The same figures as images in a page of Markdown. */
bool figure_show_all(Buffer *page, const Draft *draft, Error *err) MUST_USE;

/* Text in double quotes, as gnuplot reads it; '\n' breaks the line. */
bool figure_quote(Buffer *script, const char *text, Error *err) MUST_USE;

/* The same with line breaks after hyphens, for long names in narrow places. */
bool figure_quote_broken(Buffer *script, const char *text, Error *err) MUST_USE;

/* Titles of series: the cells, each with line style (cell + 1). */
enum { FIGURE_STYLES = 8 };
int figure_style(int cell);

#endif
