/* The key of a figure, above its panels: samples and titles in as many columns as fit. gnuplot's own key would
 * not say beforehand how high it is. */
#ifndef REPORT_FIGURE_KEY_H
#define REPORT_FIGURE_KEY_H

#include "base/buffer.h"

typedef enum FigureSample {
    FIGURE_SAMPLE_LINE,  /* with its mark */
    FIGURE_SAMPLE_FAINT, /* a thin line */
    FIGURE_SAMPLE_LEVEL, /* a grey dotted line */
} FigureSample;

typedef struct FigureEntry {
    const char *title;
    FigureSample sample;
    int colour; /* a series, from 0 */
    int dash;   /* from 0, solid; -1: that of the colour */
} FigureEntry;

enum { FIGURE_KEY_LINE = 21 }; /* the height of a row, in pixels */

/* Of the n entries in a figure of this width; in pixels. */
int figure_key_height(const FigureEntry *entries, size_t n, int width);

/* An empty plot with the key at the top; for the end of a multiplot; margins and
 * ranges are automatic after it. Sizes are the whole figure's. */
bool figure_key_write(Buffer *script, const FigureEntry *entries, size_t n, int width, int height,
                      Error *err) MUST_USE;

/* "ls 3 dt 1", "lc rgb '#555555' lw 1.2 dt 3": the line, in gnuplot's words. */
enum { FIGURE_LOOK_BYTES = 64 };
void figure_key_look(char look[FIGURE_LOOK_BYTES], FigureSample sample, int colour, int dash);

#endif
