#include "analysis/comparison_shared.h"

#include <math.h>
#include <string.h>

#include "base/elementary.h"
#include "question/experiment_cells.h"

bool comparison_shared_make(ComparisonPair *pair, const ComparisonSide *before,
                            const ComparisonSide *after, Arena *arena, Error *err)
{
    *pair = (ComparisonPair){
        .side = {*before, *after}, .drawn = before->evidence && after->evidence, .arena = arena};
    for (int s = 0; s < 2 && pair->drawn; s++) {
        const Measured measured = {pair->side[s].result->experiment, pair->side[s].result->numbers,
                                   pair->side[s].evidence};
        if (!measure_make(&pair->drawn_of[s], &measured, arena, err)) return false;
    }
    return true;
}

static const Numbers *numbers_of(const ComparisonPair *pair, int side)
{
    return pair->side[side].result->numbers;
}

static const NumbersTask *task_of(const Numbers *numbers, const char *name)
{
    const int place = numbers_task_place(numbers, name);
    return place < 0 ? NULL : (const NumbersTask *)numbers->tasks.items + place;
}

/* --- the same of both ------------------------------------------------------------------------------- */

const char *comparison_shared_metric(const Result *result, const char *task)
{
    const NumbersTask *scored = task_of(result->numbers, task);
    const ProvenanceData *data = provenance_data(&result->provenance, task);
    return scored ? scored->metric : data ? data->metric : NULL;
}

bool comparison_shared_tasks(const ComparisonPair *pair)
{
    const Numbers *before = numbers_of(pair, 0), *after = numbers_of(pair, 1);
    const NumbersTask *task = after->tasks.items;
    if (before->tasks.n != after->tasks.n) return false;
    for (size_t t = 0; t < after->tasks.n; t++) {
        const NumbersTask *other = task_of(before, task[t].name);
        if (!other || strcmp(other->metric, task[t].metric) != 0) return false;
    }
    return true;
}

/* As far as it is known. */
static bool same_data(const ComparisonPair *pair, const char *name)
{
    const ProvenanceData *a = provenance_data(&pair->side[0].result->provenance, name),
                         *b = provenance_data(&pair->side[1].result->provenance, name);
    return !a || !b || !strcmp(a->sha256, b->sha256);
}

static bool same_values(const double *a, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i]) return false;
    return true;
}

static const double *truth_of(const ComparisonPair *pair, int side, const char *task)
{
    return pair->side[side].evidence->tasks[numbers_task_place(numbers_of(pair, side), task)].truth;
}

static bool same_examples(const ComparisonPair *pair, const char *task)
{
    const NumbersTask *was = task_of(numbers_of(pair, 0), task),
                      *now = task_of(numbers_of(pair, 1), task);
    if (!was || !now) return true;
    return was->test_examples == now->test_examples && same_data(pair, task) &&
           (!pair->drawn || same_values(truth_of(pair, 0, task), truth_of(pair, 1, task),
                                        (size_t)now->test_examples));
}

/* Adjacent ones, one a seed. */
static const NumbersRun *runs_of(size_t *n, const Numbers *numbers, const char *cell,
                                 const char *task)
{
    const NumbersRun *run = numbers->runs.items, *end = run + numbers->runs.n;
    while (run < end && (strcmp(run->cell, cell) != 0 || strcmp(run->task, task) != 0)) run++;
    const NumbersRun *first = run;
    while (run < end && !strcmp(run->cell, cell) && !strcmp(run->task, task)) run++;
    *n = (size_t)(run - first);
    return first;
}

/* False where no run is known. */
static bool same_seeds(const ComparisonPair *pair, const char *cell, const char *task)
{
    size_t n, m;
    const NumbersRun *was = runs_of(&n, numbers_of(pair, 0), cell, task),
                     *now = runs_of(&m, numbers_of(pair, 1), cell, task);
    if (n != m) return false;
    for (size_t s = 0; s < n; s++)
        if (was[s].seed != now[s].seed) return false;
    return n > 0;
}

static const Json *settings_of(const Result *result, const char *cell)
{
    const ExperimentCell *found = experiment_cells_find(result->experiment, cell);
    return found ? found->json : NULL;
}

bool comparison_shared_language(const ComparisonPair *pair, const char *cell)
{
    static const char *const sections[] = {"corpus", "tokenizer"};
    const Json *was = settings_of(pair->side[0].result, cell),
               *now = settings_of(pair->side[1].result, cell);
    if (!was || !now) return true;
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const Json *a = json_get(was, sections[i]), *b = json_get(now, sections[i]);
        if (a && b && !json_same(a, b)) return false;
    }
    const Json *corpus = json_get(now, sections[0]);
    const char *data =
        corpus && json_type(corpus) == JSON_OBJECT_VALUE ? json_get_text(corpus, "data") : NULL;
    return !data || same_data(pair, data);
}

/* --- scores ----------------------------------------------------------------------------------------- */

/* A task, or all of them: of B, which A has too. */
typedef struct Span {
    const NumbersTask *task;
    size_t n;
} Span;

static Span span_of(const ComparisonPair *pair, const char *task)
{
    const Numbers *numbers = numbers_of(pair, 1);
    if (!strcmp(task, NUMBERS_ALL_TASKS)) return (Span){numbers->tasks.items, numbers->tasks.n};
    const NumbersTask *one = task_of(numbers, task);
    return (Span){one, one ? 1 : 0};
}

static bool draw_score(Quantity *difference, const ComparisonPair *pair, const char *cell,
                       Span span, Error *err)
{
    *difference = (Quantity){0};
    for (size_t t = 0; t < span.n; t++)
        for (int s = 0; s < 2; s++) {
            const Numbers *numbers = numbers_of(pair, s);
            const int c = spec_list_find(&numbers->cells, cell),
                      task = numbers_task_place(numbers, span.task[t].name);
            const Quantity score =
                score_draws_quantity(&pair->drawn_of[s].scores, (size_t)c, (size_t)task);
            if (!quantity_add(difference, &score, (s == 1 ? 1.0 : -1.0) / (double)span.n,
                              pair->arena, err))
                return false;
        }
    return true;
}

/* One value a seed. */
static bool pair_seeds(Quantity *difference, const ComparisonPair *pair, const char *cell,
                       Span span, Error *err)
{
    Quantity like = {.kind = QUANTITY_SEEDS};
    runs_of(&like.n, numbers_of(pair, 1), cell, span.task[0].name);
    if (!quantity_make(difference, &like, pair->arena, err)) return false;
    memset(difference->sample, 0, difference->n * sizeof *difference->sample);
    for (size_t t = 0; t < span.n; t++)
        for (size_t s = 0, n; s < difference->n; s++)
            difference->sample[s] +=
                (runs_of(&n, numbers_of(pair, 1), cell, span.task[t].name)[s].test_score -
                 runs_of(&n, numbers_of(pair, 0), cell, span.task[t].name)[s].test_score) /
                (double)span.n;
    difference->value = statistics_mean(difference->sample, difference->n);
    return true;
}

static bool set_interval(ComparisonRow *row, const Quantity *difference, ComparisonShared shared,
                         Arena *arena, Error *err)
{
    QuantityEstimate estimate;
    if (!quantity_estimate(&estimate, difference, arena, err)) return false;
    row->low = estimate.low;
    row->high = estimate.high;
    row->shared = shared;
    return true;
}

static void set_width(ComparisonRow *row, double width)
{
    row->low = row->after - row->before - width;
    row->high = row->after - row->before + width;
    row->shared = COMPARISON_SHARED_NOTHING;
}

/* The half-width of a difference, of two half-widths; not hypot, of which libraries round the last bit as they
 * like. */
static double together(double a, double b)
{
    return sqrt(a * a + b * b);
}

static double unpaired_width(const NumbersScore *a, const NumbersScore *b, bool examples)
{
    double n = (double)a->seeds, m = (double)b->seeds, freedom = n + m - 2;
    if (freedom <= 0 || !examples) return together((a->high - a->low) / 2, (b->high - b->low) / 2);
    double squares = (n - 1) * a->deviation * a->deviation + (m - 1) * b->deviation * b->deviation;
    return statistics_student((int)freedom) * sqrt(squares / freedom * (1 / n + 1 / m));
}

bool comparison_shared_score(ComparisonRow *row, const ComparisonPair *pair,
                             const NumbersScore *was, const NumbersScore *now, Error *err)
{
    Quantity difference;
    const Span span = span_of(pair, now->task);
    bool examples = true, seeds = span.n > 0;
    for (size_t t = 0; t < span.n; t++) {
        examples &= same_examples(pair, span.task[t].name);
        seeds &= same_seeds(pair, now->cell, span.task[t].name);
    }
    if (examples && seeds && pair->drawn)
        return draw_score(&difference, pair, now->cell, span, err) &&
               set_interval(row, &difference, COMPARISON_SHARED_EXAMPLES, pair->arena, err);
    if (examples && seeds) {
        if (!pair_seeds(&difference, pair, now->cell, span, err)) return false;
        if (quantity_varies(&difference)) /* else nothing is known of chance */
            return set_interval(row, &difference, COMPARISON_SHARED_SEEDS, pair->arena, err);
    }
    set_width(row, unpaired_width(was, now, examples));
    return true;
}

/* --- probes ----------------------------------------------------------------------------------------- */

static double mean(const double *x, size_t n)
{
    return statistics_mean(x, n);
}

/* Of perplexities, from nats a token. */
static double mean_perplexity(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += elementary_exp64(x[i]);
    return n ? sum / (double)n : 0;
}

static const ProbeCurve *curve_of(const ComparisonPair *pair, int side, const NumbersProbe *probe)
{
    const Result *result = pair->side[side].result;
    const int cell = spec_list_find(&result->numbers->cells, probe->cell);
    const int task =
        probe->task ? spec_list_find(&result->experiment->zero_shot_tasks, probe->task) : -1;
    if (!pair->drawn || cell < 0 || (probe->task && task < 0)) return NULL;
    return probe_draws_find(&pair->drawn_of[side].probes, (ProbeKind)probe->kind, cell, task);
}

/* Examples of the same truth, documents of the same length. */
static bool same_units(const ComparisonPair *pair, const EvidenceProbe *a, const EvidenceProbe *b,
                       const char *task)
{
    if (a->n_units != b->n_units || a->n_units == 0 || a->n_points != b->n_points) return false;
    const size_t n = (size_t)a->n_units;
    if (task) return same_data(pair, task) && same_values(a->truth, b->truth, n);
    return a->weight && b->weight && same_values(a->weight, b->weight, n * (size_t)a->n_points);
}

static bool mean_of(Quantity *result, const ProbeCurve *curve, Arena *arena, Error *err)
{
    const size_t n = (size_t)curve->probe->n_points;
    const Quantity **points = arena_alloc(arena, n, sizeof *points, err);
    if (!points) return false;
    for (size_t k = 0; k < n; k++) points[k] = &curve->points[k];
    QuantityFunction *function =
        curve->probe->kind == PROBE_CONTEXT_WINDOW ? mean_perplexity : mean;
    return quantity_combine(result, function, points, n, arena, err);
}

static double mean_half_width(const NumbersProbe *probe)
{
    const NumbersPoint *point = probe->points.items;
    double sum = 0;
    for (size_t i = 0; i < probe->points.n; i++) sum += (point[i].high - point[i].low) / 2;
    return probe->points.n ? sum / (double)probe->points.n : 0.0;
}

bool comparison_shared_probe(ComparisonRow *row, const ComparisonPair *pair,
                             const NumbersProbe *was, const NumbersProbe *now, Error *err)
{
    const ProbeCurve *a = curve_of(pair, 0, was), *b = curve_of(pair, 1, now);
    Quantity before, difference;
    if (a && b && same_units(pair, a->probe, b->probe, now->task))
        return mean_of(&before, a, pair->arena, err) && mean_of(&difference, b, pair->arena, err) &&
               quantity_add(&difference, &before, -1, pair->arena, err) &&
               set_interval(row, &difference, COMPARISON_SHARED_EXAMPLES, pair->arena, err);
    if (now->kind == PROBE_ZERO_SHOT)
        set_width(row, together(mean_half_width(was), mean_half_width(now)));
    return true;
}
