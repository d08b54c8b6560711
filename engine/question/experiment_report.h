/* What an experiment wants reported: its table and its figures. All of it is optional; without it the table
 * has a row for each cell and a column for each task, and every figure is drawn that there are values for.
 * None of it changes a number of a result. */
#ifndef QUESTION_EXPERIMENT_REPORT_H
#define QUESTION_EXPERIMENT_REPORT_H

#include "spec/field.h"

/* Some columns under one heading: a table of its own among those of a report. */
typedef struct ExperimentColumns {
    const char *title; /* NULL: none */
    TextList tasks;
} ExperimentColumns;

typedef struct ExperimentTable {
    TextList rows; /* variants or cells in the order wanted; empty: all cells */
    Json *columns; /* as given; read into the report's groups */
    /* Row -> task, or EXPERIMENT_REPORT_MEAN -> the paper's score in points; NULL: none. */
    Json *paper;
} ExperimentTable;

#define EXPERIMENT_REPORT_MEAN "mean"

typedef enum ExperimentFigureKind {
    EXPERIMENT_FIGURE_SCORES,
    EXPERIMENT_FIGURE_GRID,
    EXPERIMENT_FIGURE_TASKS,
    EXPERIMENT_FIGURE_ZERO_SHOT,
    EXPERIMENT_FIGURE_CONTEXT_WINDOW,
    EXPERIMENT_FIGURE_POSITION,
    EXPERIMENT_FIGURE_RATE,
    EXPERIMENT_FIGURE_PRETRAINING,
    EXPERIMENT_FIGURE_FINETUNING,
    EXPERIMENT_FIGURE_CONVERGENCE,
    N_EXPERIMENT_FIGURES
} ExperimentFigureKind;

typedef enum ExperimentAxis {
    EXPERIMENT_AXIS_AUTO,
    EXPERIMENT_AXIS_LINEAR,
    EXPERIMENT_AXIS_LOG
} ExperimentAxis;

typedef enum ExperimentPanels {
    EXPERIMENT_PANELS_ALL,     /* one for each task, and one for their mean; a line a variant */
    EXPERIMENT_PANELS_TASKS,   /* without the mean */
    EXPERIMENT_PANELS_MEAN,    /* the mean alone */
    EXPERIMENT_PANELS_VARIANTS /* one for each variant; a line a task */
} ExperimentPanels;

typedef struct ExperimentFigure {
    int kind; /* ExperimentFigureKind */
    Json *x;  /* grid: a path of the grid; tasks: an object, task -> number; NULL: not given */
    const char *axis; /* title of the horizontal axis; NULL: the figure's own */
    int scale;        /* of the horizontal axis: ExperimentAxis */
    int panels;       /* ExperimentPanels */
    TextList tasks;   /* empty: all */
} ExperimentFigure;

typedef struct ExperimentReport {
    ExperimentTable table;
    size_t n_groups; /* of columns; 0: all tasks, without headings */
    ExperimentColumns *groups;
    Json *figures; /* as given; NULL: whatever there are values for */
    size_t n_figures;
    ExperimentFigure *figure;
} ExperimentReport;

extern const SpecTable experiment_report_table;
extern const SpecTable experiment_report_figure_table;     /* an item of $.report.figures */
extern const char *const experiment_report_figure_words[]; /* "scores", ...; NULL-terminated */

/* Reads all of `json` (NULL: an empty report), every error recorded. */
bool experiment_report_read(ExperimentReport *report, const Json *json,
                            const SpecReader *reader) MUST_USE;

/* The figure of this kind that is asked for; NULL: not asked for. */
const ExperimentFigure *experiment_report_figure(const ExperimentReport *report,
                                                 ExperimentFigureKind kind);

/* The paper's score in points; NaN: none. */
double experiment_report_paper(const ExperimentReport *report, const char *row, const char *task);

#endif
