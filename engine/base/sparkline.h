/* The course of a value in few points, and as a line of characters.
 *
 * Each point is the mean of a stretch of what was added, all of them equally long; when they are full, neighbours join.
 * Plain data, zero at first, that may be copied to another process. */
#ifndef BASE_SPARKLINE_H
#define BASE_SPARKLINE_H

#include <stdbool.h>

enum { SPARKLINE_POINTS = 32, SPARKLINE_COLUMN_BYTES = 3 };

typedef struct Sparkline {
    int n;         /* points, the last of them perhaps of a shorter stretch */
    int doublings; /* a stretch is of 2^doublings values */
    int n_last;    /* values of the last point */
    float point[SPARKLINE_POINTS];
} Sparkline;

void sparkline_add(Sparkline *line, double value); /* one that is not finite is left out */

/* As at most so many columns from the lowest to the highest point: blocks, or ASCII. `text` has room for
 * SPARKLINE_COLUMN_BYTES a column and a zero byte. Returns the columns. */
int sparkline_draw(char *text, const Sparkline *line, int columns, bool blocks);

#endif
