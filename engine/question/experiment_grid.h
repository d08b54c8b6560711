/* Dotted paths with lists of values, and the points that they span: `grid` and `select`. */
#ifndef QUESTION_EXPERIMENT_GRID_H
#define QUESTION_EXPERIMENT_GRID_H

#include "question/experiment_merge.h"

enum { EXPERIMENT_GRID_MOST = 10000 };

typedef struct ExperimentGridAxis {
    const char *path;  /* "finetune.transfer_layers" */
    const char *label; /* "transfer_layers": its last name; all of it where two would be the same */
    const Json *values;
} ExperimentGridAxis;

typedef struct ExperimentGrid {
    size_t n_axes;
    ExperimentGridAxis *axes;
    size_t n_points; /* the product; 1 without axes; somewhere above the most, where it is more */
} ExperimentGrid;

/* From {path: [value, ...]}, checked before; NULL is empty, a path that is null is taken away. */
bool experiment_grid_read(ExperimentGrid *grid, const Json *json, Arena *arena,
                          Error *err) MUST_USE;

/* The same path, or one inside the other: "finetune" and "finetune.epochs". Only one of them could stand for a
 * point. */
bool experiment_grid_overlap(const char *path, const char *other);

/* Of an axis at a point; the last axis runs fastest. */
const Json *experiment_grid_value(const ExperimentGrid *grid, size_t axis, size_t point);

/* "transfer_layers=2, lm_coefficient=0.5". */
const char *experiment_grid_label(const ExperimentGrid *grid, size_t point, Arena *arena,
                                  Error *err) MUST_USE;

/* Settings moved to a point. The point itself, path -> value, is added to `chosen`. */
Json *experiment_grid_settings(const ExperimentGrid *grid, const ExperimentMerge *merge,
                               const Json *settings, size_t point, Json *chosen) MUST_USE;

#endif
