#include "analysis/probe_draws.h"

#include "analysis/score_draws.h"
#include "statistics/bootstrap.h"

/* Units of nothing draw nothing: such a curve is taken as exact. */
static bool make_points(ProbeCurve *curve, double **draws, Arena *arena, Error *err)
{
    size_t n = (size_t)curve->probe->n_points;
    bool drawn = curve->probe->n_units > 0;
    curve->points = arena_alloc(arena, n, sizeof(Quantity), err);
    *draws = arena_alloc(arena, drawn ? n * STATISTICS_DRAWS : 0, sizeof(double), err);
    if (!curve->points || !*draws) return false;
    for (size_t k = 0; k < n; k++) {
        curve->points[k] = (Quantity){.value = curve->probe->value[k]};
        if (!drawn) continue;
        curve->points[k].kind = QUANTITY_DRAWN;
        curve->points[k].n = STATISTICS_DRAWS;
        curve->points[k].sample = *draws + k * STATISTICS_DRAWS;
    }
    return true;
}

/* --- kinds ---------------------------------------------------------------------------------------- */

/* A point is to the bootstrap what a cell with one seed is. */
static bool draw_zero_shot(ProbeCurve *curve, double *draws, const char *task, Arena *arena,
                           Error *err)
{
    const EvidenceProbe *probe = curve->probe;
    size_t n = (size_t)probe->n_units;
    const double **predicted = arena_alloc(arena, (size_t)probe->n_points, sizeof(double *), err);
    char *words = arena_format(arena, err, "zero-shot %s", task);
    if (!predicted || !words) return false;
    for (int k = 0; k < probe->n_points; k++) predicted[k] = probe->unit + (size_t)k * n;
    BootstrapTask bootstrap = {.score = probe->metric->compute,
                               .n_examples = probe->n_units,
                               .n_cells = probe->n_points,
                               .n_seeds = 1,
                               .truth = probe->truth,
                               .predicted = predicted,
                               .site = score_draws_site(words)};
    return n == 0 || bootstrap_scores(draws, &bootstrap, arena, err);
}

static double total(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return sum;
}

/* Nats a token: the total loss over the total of tokens. */
static bool draw_losses(ProbeCurve *curve, double *draws, Arena *arena, Error *err)
{
    const EvidenceProbe *probe = curve->probe;
    size_t n = (size_t)probe->n_units, n_points = (size_t)probe->n_points;
    const double **unit = arena_alloc(arena, n_points, sizeof(double *), err);
    const double **weight = arena_alloc(arena, n_points, sizeof(double *), err);
    double *value = arena_alloc(arena, n_points, sizeof(double), err);
    if (!unit || !weight || !value) return false;
    for (size_t k = 0; k < n_points; k++) {
        unit[k] = probe->unit + k * n;
        weight[k] = probe->weight + k * n;
        double tokens = total(weight[k], n);
        if (tokens > 0) curve->points[k].value = total(unit[k], n) / tokens;
        value[k] = curve->points[k].value;
    }
    BootstrapRatios ratios = {.n_units = probe->n_units,
                              .n_ratios = probe->n_points,
                              .unit = unit,
                              .weight = weight,
                              .value = value,
                              .site = score_draws_site("documents")};
    return n == 0 || bootstrap_ratios(draws, &ratios, arena, err);
}

static bool draw_rates(ProbeCurve *curve, double *draws, Arena *arena, Error *err)
{
    const EvidenceProbe *probe = curve->probe;
    for (int k = 0; k < probe->n_points && probe->n_units > 0; k++) {
        char *words = arena_format(arena, err, "rate %d %d", probe->cell, k);
        const double *unit = probe->unit + (size_t)k * (size_t)probe->n_units;
        if (!words || !bootstrap_medians(draws + (size_t)k * STATISTICS_DRAWS, unit, probe->n_units,
                                         score_draws_site(words), arena, err))
            return false;
    }
    return true;
}

static bool draw_curve(ProbeCurve *curve, const TextList *tasks, Arena *arena, Error *err)
{
    double *draws;
    if (!make_points(curve, &draws, arena, err)) return false;
    switch (curve->probe->kind) {
    case PROBE_ZERO_SHOT:
        return draw_zero_shot(curve, draws, tasks->text[curve->probe->task], arena, err);
    case PROBE_TRAINING_RATE: return draw_rates(curve, draws, arena, err);
    default: return draw_losses(curve, draws, arena, err);
    }
}

/* --- all of them ---------------------------------------------------------------------------------- */

static const EvidenceProbe *find_probe(const Evidence *evidence, ProbeKind kind, int cell, int task)
{
    for (int i = 0; i < evidence->n_probes; i++) {
        const EvidenceProbe *probe = &evidence->probes[i];
        if (probe->kind == kind && probe->cell == cell &&
            (kind != PROBE_ZERO_SHOT || probe->task == task))
            return probe;
    }
    return NULL;
}

bool probe_draws_make(ProbeDraws *draws, const Measured *measured, Arena *arena, Error *err)
{
    const Evidence *evidence = measured->evidence;
    const TextList *tasks = &measured->experiment->zero_shot_tasks;
    *draws = (ProbeDraws){
        .measured = *measured,
        .curves = arena_alloc(arena, (size_t)evidence->n_probes, sizeof(ProbeCurve), err)};
    if (!draws->curves) return false;
    for (int kind = 0; kind < N_PROBE_KINDS; kind++) {
        int n_tasks = kind == PROBE_ZERO_SHOT ? (int)tasks->n : 1;
        for (int i = 0; i < (int)measured->numbers->cells.n * n_tasks; i++) {
            ProbeCurve *curve = &draws->curves[draws->n];
            const EvidenceProbe *probe =
                find_probe(evidence, (ProbeKind)kind, i / n_tasks, i % n_tasks);
            if (!probe) continue;
            curve->probe = probe;
            if (!draw_curve(curve, tasks, arena, err)) return false;
            draws->n++;
        }
    }
    return true;
}

const ProbeCurve *probe_draws_find(const ProbeDraws *draws, ProbeKind kind, int cell, int task)
{
    for (size_t i = 0; i < draws->n; i++) {
        const EvidenceProbe *probe = draws->curves[i].probe;
        if (probe->kind == kind && probe->cell == cell &&
            (kind != PROBE_ZERO_SHOT || probe->task == task))
            return &draws->curves[i];
    }
    return NULL;
}

double probe_draws_normalise(const ProbeCurve *curve, double score)
{
    return (score - curve->probe->chance) / (curve->probe->best - curve->probe->chance);
}
