#include "report/analysis.h"

#include <math.h>
#include <string.h>

#include "report/analysis_copy.h"
#include "report/bootstrap.h"
#include "report/claims.h"

typedef struct Analysis {
    const Outcome *outcome;
    const Experiment *experiment;
    size_t n_cells, n_tasks, n_seeds;
    double *draws;    /* [n_tasks][n_cells][STATISTICS_DRAWS] */
    double *combined; /* [STATISTICS_DRAWS] */
    Arena *arena;
    Numbers *numbers;
} Analysis;

/* A range of tasks: one, or all of them. */
typedef struct Span {
    const char *name;
    size_t begin, end;
} Span;

static Span span_at(const Analysis *analysis, size_t index)
{
    if (index == analysis->n_tasks) return (Span){NUMBERS_ALL_TASKS, 0, analysis->n_tasks};
    return (Span){analysis->outcome->plan->tasks[index].name, index, index + 1};
}

/* Each task, then all of them if there are several. */
static size_t n_spans(const Analysis *analysis)
{
    return analysis->n_tasks > 1 ? analysis->n_tasks + 1 : analysis->n_tasks;
}

static const OutcomeRun *run_at(const Analysis *analysis, size_t cell, size_t task, size_t seed)
{
    return &analysis->outcome->runs[(cell * analysis->n_tasks + task) * analysis->n_seeds + seed];
}

static void *list_make(SpecList *list, size_t capacity, size_t size, Analysis *analysis, Error *err)
{
    *list = (SpecList){.items = arena_alloc(analysis->arena, capacity, size, err)};
    return list->items;
}

/* --- draws ---------------------------------------------------------------------------------------- */

static bool draw_task(Analysis *analysis, size_t t, Error *err)
{
    const PlanTask *plan_task = &analysis->outcome->plan->tasks[t];
    const OutcomeSplit *first = &run_at(analysis, 0, t, 0)->test;
    size_t n_runs = analysis->n_cells * analysis->n_seeds;
    const double **predicted = arena_alloc(analysis->arena, n_runs, sizeof *predicted, err);
    if (!predicted) return false;
    if (first->n == 0) return error_set(err, "task '%s': the test split is empty", plan_task->name);
    for (size_t r = 0; r < n_runs; r++) {
        const OutcomeSplit *test =
            &run_at(analysis, r / analysis->n_seeds, t, r % analysis->n_seeds)->test;
        if (test->n != first->n)
            return error_set(err, "task '%s': runs were scored on %d and on %d test examples",
                             plan_task->name, first->n, test->n);
        predicted[r] = test->predicted;
    }
    BootstrapTask task = {
        .metric = plan_task->metric,
        .n_examples = first->n,
        .n_cells = (int)analysis->n_cells,
        .n_seeds = (int)analysis->n_seeds,
        .truth = first->truth,
        .predicted = predicted,
        .site = (unsigned)(hash_u64(plan_task->name, strlen(plan_task->name)) >> 40),
    };
    double *draws = analysis->draws + t * analysis->n_cells * STATISTICS_DRAWS;
    return bootstrap_scores(draws, &task, analysis->arena, err);
}

static bool draw_all(Analysis *analysis, Error *err)
{
    size_t n = analysis->n_tasks * analysis->n_cells * STATISTICS_DRAWS;
    analysis->draws = arena_alloc(analysis->arena, n, sizeof(double), err);
    analysis->combined = arena_alloc(analysis->arena, STATISTICS_DRAWS, sizeof(double), err);
    if (!analysis->draws || !analysis->combined) return false;
    for (size_t t = 0; t < analysis->n_tasks; t++)
        if (!draw_task(analysis, t, err)) return false;
    return true;
}

/* Adds a cell's draws, as the mean over the tasks of the span, times a factor. */
static void add_draws(Analysis *analysis, size_t cell, Span span, double factor)
{
    for (size_t t = span.begin; t < span.end; t++) {
        const double *draws = analysis->draws + (t * analysis->n_cells + cell) * STATISTICS_DRAWS;
        for (size_t i = 0; i < STATISTICS_DRAWS; i++)
            analysis->combined[i] += draws[i] * factor / (double)(span.end - span.begin);
    }
}

/* --- scores --------------------------------------------------------------------------------------- */

static double seed_score(const Analysis *analysis, size_t cell, Span span, size_t seed)
{
    double sum = 0;
    for (size_t t = span.begin; t < span.end; t++)
        sum += run_at(analysis, cell, t, seed)->test.score;
    return sum / (double)(span.end - span.begin);
}

static double mean_score(const Analysis *analysis, size_t cell, Span span)
{
    double sum = 0;
    for (size_t s = 0; s < analysis->n_seeds; s++) sum += seed_score(analysis, cell, span, s);
    return sum / (double)analysis->n_seeds;
}

static bool score_cell(NumbersScore *score, Analysis *analysis, size_t cell, Span span, Error *err)
{
    double *by_seed = arena_alloc(analysis->arena, analysis->n_seeds, sizeof(double), err);
    if (!by_seed) return false;
    int64_t degenerate = 0;
    for (size_t s = 0; s < analysis->n_seeds; s++) {
        by_seed[s] = seed_score(analysis, cell, span, s);
        for (size_t t = span.begin; t < span.end; t++)
            degenerate += run_at(analysis, cell, t, s)->test.degenerate;
    }
    memset(analysis->combined, 0, STATISTICS_DRAWS * sizeof(double));
    add_draws(analysis, cell, span, 1.0);
    StatisticsInterval interval = statistics_interval(analysis->combined);
    *score = (NumbersScore){
        .cell = analysis->experiment->cells[cell].name,
        .task = span.name,
        .seeds = (int64_t)analysis->n_seeds,
        .degenerate = degenerate,
        .mean = mean_score(analysis, cell, span),
        .deviation = statistics_deviation(by_seed, analysis->n_seeds),
        .low = interval.low,
        .high = interval.high,
    };
    return true;
}

static bool score_all(Analysis *analysis, Error *err)
{
    SpecList *list = &analysis->numbers->scores;
    NumbersScore *score =
        list_make(list, analysis->n_cells * n_spans(analysis), sizeof *score, analysis, err);
    if (!score) return false;
    for (size_t c = 0; c < analysis->n_cells; c++)
        for (size_t i = 0; i < n_spans(analysis); i++)
            if (!score_cell(&score[list->n++], analysis, c, span_at(analysis, i), err))
                return false;
    return true;
}

/* --- effects and claims --------------------------------------------------------------------------- */

/* A cell has its own name and its variant's; a variant of a grid names several cells. */
static bool is_named(const ExperimentCell *cell, const char *name)
{
    return !strcmp(cell->name, name) || !strcmp(cell->variant, name);
}

static bool is_cell(const Analysis *analysis, const char *name)
{
    for (size_t c = 0; c < analysis->n_cells; c++)
        if (!strcmp(analysis->experiment->cells[c].name, name)) return true;
    return false;
}

/* Variants are compared at the same grid point; a single cell stands against all points. */
static bool is_pair(const Analysis *analysis, size_t b, size_t w, const NumbersEffect *effect)
{
    const ExperimentCell *better = &analysis->experiment->cells[b],
                         *worse = &analysis->experiment->cells[w];
    if (!is_named(better, effect->better) || !is_named(worse, effect->worse)) return false;
    return is_cell(analysis, effect->better) || is_cell(analysis, effect->worse) ||
           json_same(better->point, worse->point);
}

static void measure_effect(NumbersEffect *effect, Analysis *analysis, Span span)
{
    size_t n_cells = analysis->n_cells, n_pairs = 0;
    for (size_t i = 0; i < n_cells * n_cells; i++)
        n_pairs += is_pair(analysis, i / n_cells, i % n_cells, effect);
    memset(analysis->combined, 0, STATISTICS_DRAWS * sizeof(double));
    effect->task = span.name;
    effect->mean = 0;
    for (size_t i = 0; i < n_cells * n_cells; i++) {
        size_t b = i / n_cells, w = i % n_cells;
        if (!is_pair(analysis, b, w, effect)) continue;
        effect->mean +=
            (mean_score(analysis, b, span) - mean_score(analysis, w, span)) / (double)n_pairs;
        add_draws(analysis, b, span, 1.0 / (double)n_pairs);
        add_draws(analysis, w, span, -1.0 / (double)n_pairs);
    }
    StatisticsInterval interval = statistics_interval(analysis->combined);
    effect->low = interval.low;
    effect->high = interval.high;
}

static void add_effect(Analysis *analysis, const char *better, const char *worse)
{
    SpecList *list = &analysis->numbers->effects;
    NumbersEffect *effect = list->items;
    if (numbers_effect(analysis->numbers, better, worse, span_at(analysis, 0).name)) return;
    for (size_t i = 0; i < n_spans(analysis); i++, list->n++) {
        effect[list->n] = (NumbersEffect){.better = better, .worse = worse};
        measure_effect(&effect[list->n], analysis, span_at(analysis, i));
    }
}

/* A claim on a paired effect of test scores. */
static bool is_plain(const ExperimentClaim *claim)
{
    return claim->on == CLAIM_ON_SCORE && claim->at == CLAIM_AT_MEAN && claim->worse &&
           claim->rule == CLAIM_SUPERIOR && !claim->tasks.n && !claim->against_tasks.n;
}

static bool compare_cells(Analysis *analysis, Error *err)
{
    const Experiment *experiment = analysis->experiment;
    size_t n_pairs = experiment->n_claims + analysis->n_cells - 1;
    if (!list_make(&analysis->numbers->effects, n_pairs * n_spans(analysis), sizeof(NumbersEffect),
                   analysis, err))
        return false;
    for (size_t i = 0; i < experiment->n_claims; i++)
        if (is_plain(&experiment->claims[i]))
            add_effect(analysis, experiment->claims[i].better, experiment->claims[i].worse);
    for (size_t c = 1; c < analysis->n_cells; c++)
        add_effect(analysis, experiment->cells[0].name, experiment->cells[c].name);
    return true;
}

static bool judge_claims(Analysis *analysis, Error *err)
{
    const Experiment *experiment = analysis->experiment;
    SpecList *list = &analysis->numbers->claims;
    NumbersClaim *row =
        list_make(list, experiment->n_claims * n_spans(analysis), sizeof *row, analysis, err);
    if (!row) return false;
    for (size_t k = 0; k < experiment->n_claims; k++)
        for (size_t i = 0; i < n_spans(analysis); i++) {
            const ExperimentClaim *claim = &experiment->claims[k];
            if (!is_plain(claim)) continue;
            const NumbersEffect *effect = numbers_effect(analysis->numbers, claim->better,
                                                         claim->worse, span_at(analysis, i).name);
            row[list->n++] = (NumbersClaim){
                .id = claim->id,
                .task = effect->task,
                .verdict = (int)claims_verdict(effect->mean, effect->low, effect->high,
                                               claim->smallest_effect),
                .smallest_effect = claim->smallest_effect,
                .mean = effect->mean,
                .low = effect->low,
                .high = effect->high,
                .order = (double)NAN,
                .order_low = (double)NAN,
                .order_high = (double)NAN,
            };
        }
    return true;
}

bool analysis_make(Numbers *numbers, const Outcome *outcome, Arena *arena, Error *err)
{
    const Experiment *experiment = outcome->plan->experiment;
    Analysis analysis = {
        .outcome = outcome,
        .experiment = experiment,
        .n_cells = experiment->n_cells,
        .n_tasks = (size_t)outcome->plan->n_tasks,
        .n_seeds = experiment->seeds.n,
        .arena = arena,
        .numbers = numbers,
    };
    return analysis_copy(numbers, outcome, arena, err) && draw_all(&analysis, err) &&
           score_all(&analysis, err) && compare_cells(&analysis, err) &&
           judge_claims(&analysis, err);
}
