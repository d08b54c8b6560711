/* All figures there are, and those of them that a result has. */
#ifndef REPORT_FIGURES_H
#define REPORT_FIGURES_H

#include "report/figure/figure.h"

#define FIGURES_FOLDER "figures"

/* Writes values and scripts of the figures that the experiment asks for, or of every one that there are values for,
 * into figures/ in the folder; then has gnuplot draw them. */
bool figures_write_all(const Result *result, const char *folder, Error *err) MUST_USE;
bool figures_plot_all(const Result *result, const char *folder, Error *err) MUST_USE;

/* The same figures as images in a page of Markdown. */
bool figures_show_all(Buffer *page, const Result *result, Error *err) MUST_USE;

/* And in LaTeX: \drawing{EXPERIMENT}{FIGURE}{TITLE}{CAPTION} each. */
bool figures_show_latex(Buffer *latex, const Result *result, Error *err) MUST_USE;

/* What was drawn of them, and its values, as EXPERIMENT-FIGURE.svg, .pdf and .csv in the folder's figures/. */
bool figures_copy_all(const Result *result, const char *folder, Error *err) MUST_USE;

#endif
