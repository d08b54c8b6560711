#include "analysis/claim_curve.h"

#include <string.h>

#include "analysis/pairs.h"

typedef struct Drawing {
    const Measures *measures;
    const ExperimentClaim *claim;
    Pairs pairs;
    const char *axis;   /* grid path; NULL: none */
    size_t *place;      /* [n_pairs]: at which point of the axis a pair stands */
    size_t *n_at_point; /* [n_points]: how many pairs do */
    Arena *arena;
    Error *err;
} Drawing;

/* --- where a pair stands --------------------------------------------------------------------------- */

static const Json *value_of(const Drawing *drawing, size_t pair)
{
    size_t cell = drawing->pairs.items[pair].better;
    return json_get(drawing->measures->scores.measured.experiment->cells[cell].point,
                    drawing->axis);
}

/* Values come in the order of the spec, because cells do; the number of different ones is given back. */
static size_t place_pairs(Drawing *drawing)
{
    size_t n_points = 0;
    for (size_t i = 0; i < drawing->pairs.n; i++) {
        size_t k = 0;
        while (k < i && drawing->axis && !json_same(value_of(drawing, k), value_of(drawing, i)))
            k++;
        drawing->place[i] = k < i ? drawing->place[k] : n_points++;
    }
    return n_points;
}

/* The path whose values are the points; none when all of the grid is taken together. */
static const char *axis_of(const ExperimentClaim *claim, const Experiment *experiment)
{
    bool along = claim->along || claim->at != CLAIM_AT_MEAN || claim->rule == CLAIM_TREND;
    if (experiment_claim_is_probe(claim->on) || !along) return NULL;
    if (claim->along) return claim->along;
    const char *path = NULL;
    Json *value;
    if (json_size(experiment->cells[0].point))
        json_member(experiment->cells[0].point, 0, &path, &value);
    return path;
}

static MeasurePlace place_at(const Drawing *drawing, size_t pair, bool worse, size_t task)
{
    Pair cells = drawing->pairs.items[pair];
    MeasurePlace place = {.on = (ClaimOn)drawing->claim->on,
                          .cell = worse ? cells.worse : cells.better,
                          .other = worse ? cells.better : cells.worse,
                          .task = task};
    if (place.other == PAIRS_NONE) place.other = place.cell;
    return place;
}

/* Both sides are measured, at as many points. */
static size_t points_of_pair(const Drawing *drawing, size_t pair, size_t task)
{
    MeasurePlace better = place_at(drawing, pair, false, task);
    size_t n = measure_n_points(drawing->measures, &better);
    if (drawing->pairs.items[pair].worse == PAIRS_NONE) return n;
    MeasurePlace worse = place_at(drawing, pair, true, task);
    return measure_n_points(drawing->measures, &worse) == n ? n : 0;
}

/* --- adding up ------------------------------------------------------------------------------------- */

static bool add_side(Quantity *point, const Drawing *drawing, MeasurePlace place, double factor)
{
    Quantity value;
    return measure_get(&value, drawing->measures, &place, drawing->arena, drawing->err) &&
           quantity_add(point, &value, factor, drawing->arena, drawing->err);
}

static bool add_pair(Quantity *point, const Drawing *drawing, size_t pair, size_t task, size_t k,
                     double factor)
{
    MeasurePlace better = place_at(drawing, pair, false, task);
    better.point = k;
    if (!add_side(point, drawing, better, factor)) return false;
    if (drawing->pairs.items[pair].worse == PAIRS_NONE) return true;
    MeasurePlace worse = place_at(drawing, pair, true, task);
    worse.point = k;
    return add_side(point, drawing, worse, -factor);
}

/* The x of a probe's points, taken from the first pair. */
static bool read_x(ClaimCurve *curve, const Drawing *drawing, size_t task)
{
    curve->x = arena_alloc(drawing->arena, curve->n, sizeof(double), drawing->err);
    if (!curve->x) return false;
    MeasurePlace place = place_at(drawing, 0, false, task);
    for (place.point = 0; place.point < curve->n; place.point++)
        curve->x[place.point] = measure_x(drawing->measures, &place);
    return true;
}

static bool add_task(ClaimCurve *curve, const Drawing *drawing, size_t task, double share)
{
    bool probe = experiment_claim_is_probe(drawing->claim->on);
    for (size_t i = 0; i < drawing->pairs.n; i++)
        for (size_t k = 0; k < (probe ? curve->n : 1); k++) {
            size_t at = probe ? k : drawing->place[i];
            double factor = share / (double)(probe ? drawing->pairs.n : drawing->n_at_point[at]);
            if (!add_pair(&curve->points[at], drawing, i, task, k, factor)) return false;
        }
    return true;
}

/* The pairs that are measured on every task, at as many points as the first of them. */
static size_t keep_measured(Drawing *drawing, const size_t *tasks, size_t n_tasks)
{
    size_t n = 0, n_points = 0;
    for (size_t i = 0; i < drawing->pairs.n; i++) {
        bool measured = true;
        for (size_t t = 0; t < n_tasks; t++) {
            size_t points = points_of_pair(drawing, i, tasks[t]);
            if (n_points == 0) n_points = points;
            measured &= points > 0 && points == n_points;
        }
        if (measured) drawing->pairs.items[n++] = drawing->pairs.items[i];
    }
    drawing->pairs.n = n;
    return n_points;
}

bool claim_curve_make(ClaimCurve *curve, const Measures *measures, const ExperimentClaim *claim,
                      const size_t *tasks, size_t n_tasks, Arena *arena, Error *err)
{
    const Experiment *experiment = measures->scores.measured.experiment;
    Drawing drawing = {.measures = measures,
                       .claim = claim,
                       .axis = axis_of(claim, experiment),
                       .arena = arena,
                       .err = err};
    *curve = (ClaimCurve){0};
    if (!pairs_list(&drawing.pairs, experiment, claim->better, claim->worse, arena, err))
        return false;
    size_t n_points = keep_measured(&drawing, tasks, n_tasks);
    if (!drawing.pairs.n) return true;
    drawing.place = arena_alloc(arena, drawing.pairs.n, sizeof(size_t), err);
    if (!drawing.place) return false;
    if (!experiment_claim_is_probe(claim->on)) n_points = place_pairs(&drawing);
    drawing.n_at_point = arena_alloc(arena, n_points, sizeof(size_t), err);
    curve->points = arena_alloc(arena, n_points, sizeof(Quantity), err);
    if (!drawing.n_at_point || !curve->points) return false;
    for (size_t i = 0; i < drawing.pairs.n; i++) drawing.n_at_point[drawing.place[i]]++;
    curve->n = n_points;
    if (experiment_claim_is_probe(claim->on) && !read_x(curve, &drawing, tasks[0])) return false;
    for (size_t t = 0; t < n_tasks; t++)
        if (!add_task(curve, &drawing, tasks[t], 1.0 / (double)n_tasks)) return false;
    return true;
}
