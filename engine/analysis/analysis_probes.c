#include "analysis/analysis_probes.h"

#include <math.h>

#include "base/elementary.h"

typedef struct Analysis {
    const ProbeDraws *draws;
    Arena *arena;
    Error *err;
} Analysis;

/* Reported perplexities are exp of what is resampled, nats a token; which moves no rank. */
static NumbersPoint report_point(ProbeKind kind, double x, QuantityEstimate estimate)
{
    NumbersPoint point = {x, estimate.mean, estimate.low, estimate.high, (double)NAN};
    if (kind != PROBE_CONTEXT_WINDOW) return point;
    point.value = elementary_exp64(estimate.mean);
    point.low = elementary_exp64(estimate.low);
    point.high = elementary_exp64(estimate.high);
    return point;
}

static bool report_curve(NumbersProbe *row, const ProbeCurve *curve, const Analysis *analysis)
{
    const EvidenceProbe *probe = curve->probe;
    const Measured *measured = &analysis->draws->measured;
    bool scored = probe->kind == PROBE_ZERO_SHOT;
    size_t n = (size_t)probe->n_points;
    NumbersPoint *points = arena_alloc(analysis->arena, n, sizeof *points, analysis->err);
    *row = (NumbersProbe){.kind = (int)probe->kind,
                          .cell = measured->numbers->cells.text[probe->cell],
                          .task = scored ? measured->experiment->zero_shot_tasks.text[probe->task]
                                         : NULL,
                          .chance = scored ? probe->chance : (double)NAN,
                          .best = scored ? probe->best : (double)NAN,
                          .units = probe->n_units,
                          .points = {n, points}};
    if (!points) return false;
    for (size_t k = 0; k < n; k++) {
        QuantityEstimate estimate;
        if (!quantity_estimate(&estimate, &curve->points[k], analysis->arena, analysis->err))
            return false;
        points[k] = report_point(probe->kind, probe->x[k], estimate);
        if (scored) points[k].normalised = probe_draws_normalise(curve, points[k].value);
    }
    return true;
}

/* --- all zero-shot tasks together ------------------------------------------------------------------ */

static int n_zero_shot(const Analysis *analysis)
{
    return (int)analysis->draws->measured.experiment->zero_shot_tasks.n;
}

/* The mean of the normalised scores at one checkpoint, with its draws. */
static bool add_normalised(Quantity *mean, const Analysis *analysis, int cell, size_t k)
{
    const int n_tasks = n_zero_shot(analysis);
    for (int t = 0; t < n_tasks; t++) {
        const ProbeCurve *curve = probe_draws_find(analysis->draws, PROBE_ZERO_SHOT, cell, t);
        double span = curve->probe->best - curve->probe->chance;
        const Quantity chance = {.value = curve->probe->chance / span};
        if (!quantity_add(mean, &curve->points[k], 1 / (span * n_tasks), analysis->arena,
                          analysis->err) ||
            !quantity_add(mean, &chance, -1.0 / n_tasks, analysis->arena, analysis->err))
            return false;
    }
    return true;
}

/* Checkpoints of one pre-training are the same for all tasks. */
static bool has_all_tasks(const Analysis *analysis, int cell)
{
    const ProbeCurve *first = probe_draws_find(analysis->draws, PROBE_ZERO_SHOT, cell, 0);
    for (int t = 0; t < n_zero_shot(analysis); t++) {
        const ProbeCurve *curve = probe_draws_find(analysis->draws, PROBE_ZERO_SHOT, cell, t);
        if (!curve || curve->probe->n_points != first->probe->n_points) return false;
    }
    return n_zero_shot(analysis) > 1;
}

static bool report_all_tasks(NumbersProbe *row, const Analysis *analysis, int cell)
{
    const EvidenceProbe *first = probe_draws_find(analysis->draws, PROBE_ZERO_SHOT, cell, 0)->probe;
    size_t n = (size_t)first->n_points;
    NumbersPoint *points = arena_alloc(analysis->arena, n, sizeof *points, analysis->err);
    if (!points) return false;
    *row = (NumbersProbe){.kind = PROBE_ZERO_SHOT,
                          .cell = analysis->draws->measured.numbers->cells.text[cell],
                          .task = NUMBERS_ALL_TASKS,
                          .best = 1,
                          .points = {n, points}};
    for (int t = 0; t < n_zero_shot(analysis); t++)
        row->units += probe_draws_find(analysis->draws, PROBE_ZERO_SHOT, cell, t)->probe->n_units;
    for (size_t k = 0; k < n; k++) {
        Quantity mean = {0};
        QuantityEstimate estimate;
        if (!add_normalised(&mean, analysis, cell, k) ||
            !quantity_estimate(&estimate, &mean, analysis->arena, analysis->err))
            return false;
        points[k] = report_point(PROBE_ZERO_SHOT, first->x[k], estimate);
        points[k].normalised = points[k].value;
    }
    return true;
}

/* --- the lists ------------------------------------------------------------------------------------- */

static bool add_row(SpecList *list, const ProbeCurve *curve, const Analysis *analysis)
{
    return report_curve((NumbersProbe *)list->items + list->n++, curve, analysis);
}

/* After the last task of a cell, all of them. */
static bool add_all_tasks(SpecList *list, const ProbeCurve *curve, const Analysis *analysis)
{
    const EvidenceProbe *probe = curve->probe;
    bool last = probe->task == n_zero_shot(analysis) - 1;
    if (probe->kind != PROBE_ZERO_SHOT || !last || !has_all_tasks(analysis, probe->cell))
        return true;
    return report_all_tasks((NumbersProbe *)list->items + list->n++, analysis, probe->cell);
}

bool analysis_probes(Findings *findings, const ProbeDraws *draws, Arena *arena, Error *err)
{
    const Analysis analysis = {draws, arena, err};
    SpecList *numbers = &findings->numbers.probes, *rates = &findings->timings.probes;
    size_t most = draws->n + findings->numbers.cells.n;
    *numbers = *rates = (SpecList){0};
    numbers->items = arena_alloc(arena, most, sizeof(NumbersProbe), err);
    rates->items = arena_alloc(arena, draws->n, sizeof(NumbersProbe), err);
    if (!numbers->items || !rates->items) return false;
    for (size_t i = 0; i < draws->n; i++) {
        const ProbeCurve *curve = &draws->curves[i];
        bool rate = curve->probe->kind == PROBE_TRAINING_RATE;
        if (!add_row(rate ? rates : numbers, curve, &analysis) ||
            !add_all_tasks(numbers, curve, &analysis))
            return false;
    }
    return true;
}
