/* All figures there are, and those of them that a result has. */
#ifndef REPORT_FIGURES_H
#define REPORT_FIGURES_H

#include "report/figure/figure.h"

/* Draws the figures that the experiment asks for, or every one that there are values for, into the draft's
 * folder. */
bool figures_draw_all(const Draft *draft, Error *err) MUST_USE;

/* The same figures as images in a page of Markdown. */
bool figures_show_all(Buffer *page, const Draft *draft, Error *err) MUST_USE;

#endif
