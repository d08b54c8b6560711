#include "analysis/analysis_scores.h"

#include <string.h>

#include "analysis/pairs.h"

typedef struct Analysis {
    const ScoreDraws *scores;
    const Experiment *experiment;
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
    if (index == analysis->scores->n_tasks)
        return (Span){NUMBERS_ALL_TASKS, 0, analysis->scores->n_tasks};
    const NumbersTask *task = (const NumbersTask *)analysis->numbers->tasks.items + index;
    return (Span){task->name, index, index + 1};
}

/* Each task, then all of them if there are several. */
static size_t n_spans(const Analysis *analysis)
{
    return analysis->scores->n_tasks > 1 ? analysis->scores->n_tasks + 1
                                         : analysis->scores->n_tasks;
}

static void *list_make(SpecList *list, size_t capacity, size_t size, Analysis *analysis, Error *err)
{
    *list = (SpecList){.items = arena_alloc(analysis->arena, capacity, size, err)};
    return list->items;
}

/* Adds a cell's draws, as the mean over the tasks of the span, times a factor. */
static void add_draws(Analysis *analysis, size_t cell, Span span, double factor)
{
    for (size_t t = span.begin; t < span.end; t++) {
        const double *draws = score_draws_at(analysis->scores, cell, t);
        for (size_t i = 0; i < STATISTICS_DRAWS; i++)
            analysis->combined[i] += draws[i] * factor / (double)(span.end - span.begin);
    }
}

/* --- scores --------------------------------------------------------------------------------------- */

static double seed_score(const Analysis *analysis, size_t cell, Span span, size_t seed)
{
    double sum = 0;
    for (size_t t = span.begin; t < span.end; t++)
        sum += score_draws_run(analysis->scores, cell, t, seed)->test_score;
    return sum / (double)(span.end - span.begin);
}

static double mean_score(const Analysis *analysis, size_t cell, Span span)
{
    double sum = 0;
    for (size_t s = 0; s < analysis->scores->n_seeds; s++)
        sum += seed_score(analysis, cell, span, s);
    return sum / (double)analysis->scores->n_seeds;
}

static bool score_cell(NumbersScore *score, Analysis *analysis, size_t cell, Span span, Error *err)
{
    double *by_seed = arena_alloc(analysis->arena, analysis->scores->n_seeds, sizeof(double), err);
    if (!by_seed) return false;
    int64_t degenerate = 0;
    for (size_t s = 0; s < analysis->scores->n_seeds; s++) {
        by_seed[s] = seed_score(analysis, cell, span, s);
        for (size_t t = span.begin; t < span.end; t++)
            degenerate += score_draws_run(analysis->scores, cell, t, s)->degenerate;
    }
    memset(analysis->combined, 0, STATISTICS_DRAWS * sizeof(double));
    add_draws(analysis, cell, span, 1.0);
    StatisticsInterval interval = statistics_interval(analysis->combined);
    *score = (NumbersScore){
        .cell = analysis->experiment->cells[cell].name,
        .task = span.name,
        .seeds = (int64_t)analysis->scores->n_seeds,
        .degenerate = degenerate,
        .mean = mean_score(analysis, cell, span),
        .deviation = statistics_deviation(by_seed, analysis->scores->n_seeds),
        .low = interval.low,
        .high = interval.high,
    };
    return true;
}

static bool score_all(Analysis *analysis, Error *err)
{
    SpecList *list = &analysis->numbers->scores;
    NumbersScore *score = list_make(list, analysis->scores->n_cells * n_spans(analysis),
                                    sizeof *score, analysis, err);
    if (!score) return false;
    for (size_t c = 0; c < analysis->scores->n_cells; c++)
        for (size_t i = 0; i < n_spans(analysis); i++)
            if (!score_cell(&score[list->n++], analysis, c, span_at(analysis, i), err))
                return false;
    return true;
}

/* --- effects --------------------------------------------------------------------------- */

static void measure_effect(NumbersEffect *effect, Analysis *analysis, Span span, const Pairs *pairs)
{
    double n_pairs = (double)pairs->n;
    memset(analysis->combined, 0, STATISTICS_DRAWS * sizeof(double));
    effect->task = span.name;
    effect->mean = 0;
    for (size_t i = 0; i < pairs->n; i++) {
        size_t b = pairs->items[i].better, w = pairs->items[i].worse;
        effect->mean += (mean_score(analysis, b, span) - mean_score(analysis, w, span)) / n_pairs;
        add_draws(analysis, b, span, 1.0 / n_pairs);
        add_draws(analysis, w, span, -1.0 / n_pairs);
    }
    StatisticsInterval interval = statistics_interval(analysis->combined);
    effect->low = interval.low;
    effect->high = interval.high;
}

static bool add_effect(Analysis *analysis, const char *better, const char *worse, Error *err)
{
    SpecList *list = &analysis->numbers->effects;
    NumbersEffect *effect = list->items;
    Pairs pairs;
    if (numbers_effect(analysis->numbers, better, worse, span_at(analysis, 0).name)) return true;
    if (!pairs_list(&pairs, analysis->experiment, better, worse, analysis->arena, err))
        return false;
    for (size_t i = 0; i < n_spans(analysis); i++, list->n++) {
        effect[list->n] = (NumbersEffect){.better = better, .worse = worse};
        measure_effect(&effect[list->n], analysis, span_at(analysis, i), &pairs);
    }
    return true;
}

/* What a claim on scores compares: cells at the same point of the grid; of one variant along it, the last point and the
 * first. */
static bool compare_points(Analysis *analysis, const ExperimentClaim *claim, Error *err)
{
    const ExperimentCell *cells = analysis->experiment->cells;
    Pairs pairs;
    if (claim->on != CLAIM_ON_SCORE) return true;
    if (!pairs_list(&pairs, analysis->experiment, claim->better, claim->worse, analysis->arena,
                    err))
        return false;
    if (!claim->worse)
        return pairs.n < 2 || add_effect(analysis, cells[pairs.items[pairs.n - 1].better].name,
                                         cells[pairs.items[0].better].name, err);
    for (size_t i = 0; i < pairs.n; i++)
        if (!add_effect(analysis, cells[pairs.items[i].better].name,
                        cells[pairs.items[i].worse].name, err))
            return false;
    return true;
}

/* Without claims on scores the first cell with every other. */
static bool compare_cells(Analysis *analysis, Error *err)
{
    const Experiment *experiment = analysis->experiment;
    const ExperimentClaim *claims = experiment->claims;
    const size_t n_cells = analysis->scores->n_cells;
    SpecList *effects = &analysis->numbers->effects;
    size_t n_pairs = experiment->n_claims * (n_cells + 1) + n_cells;
    if (!list_make(effects, n_pairs * n_spans(analysis), sizeof(NumbersEffect), analysis, err))
        return false;
    for (size_t i = 0; i < experiment->n_claims; i++)
        if (analysis_scores_is_effect(&claims[i]) &&
            !add_effect(analysis, claims[i].better, claims[i].worse, err))
            return false;
    for (size_t i = 0; i < experiment->n_claims; i++)
        if (!compare_points(analysis, &claims[i], err)) return false;
    const bool claimed = effects->n > 0;
    for (size_t c = 1; c < n_cells && !claimed; c++)
        if (!add_effect(analysis, experiment->cells[0].name, experiment->cells[c].name, err))
            return false;
    return true;
}

bool analysis_scores_is_effect(const ExperimentClaim *claim)
{
    return claim->on == CLAIM_ON_SCORE && claim->at == CLAIM_AT_MEAN && claim->worse &&
           claim->rule != CLAIM_TREND && !claim->tasks.n && !claim->against_tasks.n;
}

bool analysis_scores(Numbers *numbers, const ScoreDraws *scores, Arena *arena, Error *err)
{
    Analysis analysis = {.scores = scores,
                         .experiment = scores->measured.experiment,
                         .combined = arena_alloc(arena, STATISTICS_DRAWS, sizeof(double), err),
                         .arena = arena,
                         .numbers = numbers};
    return analysis.combined && score_all(&analysis, err) && compare_cells(&analysis, err);
}
