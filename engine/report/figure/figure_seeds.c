#include "report/figure/figure_seeds.h"

#include <math.h>

static bool is_of(const CurvePoint *point, int cell, int task, CurvesMeasure measure)
{
    return point->cell == cell && point->task == task && point->measure == measure;
}

static double place_of(const CurvePoint *point)
{
    return point->measure == CURVES_VALIDATION_SCORE ? point->epoch : point->update;
}

/* Mean, lowest and highest over the seeds at the place of `first`. */
static void add_point(FigureLine *line, const Curves *curves, const CurvePoint *first)
{
    const double x = place_of(first), factor = first->measure == CURVES_VALIDATION_SCORE ? 100 : 1;
    double mean = 0, low = INFINITY, high = -INFINITY;
    int n = 0;
    for (size_t i = 0; i < curves->n; i++) {
        const CurvePoint *point = &curves->points[i];
        if (!is_of(point, first->cell, first->task, first->measure) ||
            fabs(place_of(point) - x) > 1e-6)
            continue;
        mean += (point->value - mean) / ++n;
        low = fmin(low, point->value);
        high = fmax(high, point->value);
    }
    figure_lines_point(line, x, factor * mean, factor * low, factor * high);
}

bool figure_seeds_add(FigureLines *lines, const Result *result, int panel, int cell, int task,
                      CurvesMeasure measure, Error *err)
{
    const Experiment *experiment = result->experiment;
    const Curves *curves = &result->curves;
    const int64_t first_seed = experiment->seeds.items[0];
    size_t n = 0;
    for (size_t i = 0; i < curves->n; i++)
        n += is_of(&curves->points[i], cell, task, measure) && curves->points[i].seed == first_seed;
    FigureLine *line = figure_lines_add(lines, panel, cell, n, err);
    if (!line) return false;
    line->series = experiment->cells[cell].name;
    line->part = curves_measure_words[measure];
    for (size_t i = 0; i < curves->n; i++) {
        const CurvePoint *point = &curves->points[i];
        if (is_of(point, cell, task, measure) && point->seed == first_seed)
            add_point(line, curves, point);
    }
    return true;
}
