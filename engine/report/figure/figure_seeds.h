/* Courses of fine-tuning as lines: the mean over the seeds, and the band from the lowest to the highest. */
#ifndef REPORT_FIGURE_SEEDS_H
#define REPORT_FIGURE_SEEDS_H

#include "report/figure/figure_lines.h"

/* The line of a cell and a task, with the cell's colour. Scores stand times 100 over epochs, losses over
 * updates. Points are those of the first seed. */
bool figure_seeds_add(FigureLines *lines, const Result *result, int panel, int cell, int task,
                      CurvesMeasure measure, Error *err) MUST_USE;

#endif
