/* Lines with bands or bars in one or several panels: the form that most figures share. The figure says what
 * the lines are; sizes, places, marks, dashes and the key, which is one for all panels, are decided here. */
#ifndef REPORT_FIGURE_LINES_H
#define REPORT_FIGURE_LINES_H

#include "report/figure/figure.h"
#include "report/figure/figure_axis.h"
#include "report/figure/figure_key.h"

typedef struct FigurePoint {
    double x, value;
    double low, high; /* NaN: no interval */
} FigurePoint;

typedef struct FigurePanel {
    const char *title; /* NULL: none */
    const char *label; /* of the vertical axis, with its unit */
    double level;      /* of a dotted line across, drawn where it is near; NaN: none */
} FigurePanel;

typedef struct FigureLine {
    int panel;
    int colour;                /* and mark: a series, from 0 */
    int dash;                  /* from 0, solid; -1: that of the colour */
    bool faint;                /* thin, without marks or intervals */
    const char *series, *part; /* names for the CSV; part may be NULL */
    size_t n, capacity;
    FigurePoint *points; /* in order of x */
} FigureLine;

typedef struct FigureLines {
    FigureAxis x;
    bool own_x; /* each panel has a horizontal axis of its own values; else they share one */
    bool log_y, from_zero; /* vertical axes */
    bool in_place;         /* bars of several lines never stand apart */
    size_t n_panels, n_lines, n_entries;
    FigurePanel *panels;
    FigureLine *lines;
    FigureEntry *entries; /* of the key; one alone is not shown */
    Arena *arena;
} FigureLines;

/* Room for as many of each, and for an entry about levels; all empty. */
bool figure_lines_make(FigureLines *lines, size_t n_panels, size_t most_lines, size_t most_entries,
                       Arena *arena, Error *err) MUST_USE;

/* A new line with room for `capacity` points; NULL on failure. */
FigureLine *figure_lines_add(FigureLines *lines, int panel, int colour, size_t capacity,
                             Error *err);
void figure_lines_point(FigureLine *line, double x, double value, double low, double high);

/* Most lines have an entry that looks as they do; levels one for them all, which is shown if they are. */
void figure_lines_entry(FigureLines *lines, const char *title, FigureSample sample, int colour,
                        int dash);

bool figure_lines_draw(FigureSheet *sheet, const FigureLines *lines, Error *err) MUST_USE;

#endif
