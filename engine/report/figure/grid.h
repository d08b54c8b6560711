/* A grid seen along one of its paths: where each cell stands, and which cells make one line. */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include "result/result.h"
#include "report/figure/figure_axis.h"

typedef struct Grid {
    const char *path; /* "finetune.transfer_layers" */
    FigureAxis axis;
    double divisor;      /* of the numbers, for the axis' unit */
    TextList series;     /* titles: the variant, and where it stands on the other paths */
    int *series_of_cell; /* [n_cells] */
} Grid;

/* The path asked for, or the first one with at least two numbers; false in *found: there is none. */
bool grid_find(Grid *grid, bool *found, const Result *result, Error *err) MUST_USE;

/* Where a cell stands; for a number of labelled examples, where its runs of this task (-1: of any) really do.
 * NaN: its value is no number. */
double grid_place(const Grid *grid, const Result *result, int cell, int task);

#endif
