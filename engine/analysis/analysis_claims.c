#include "analysis/analysis_claims.h"

#include <math.h>
#include <string.h>

#include "analysis/analysis_scores.h"
#include "analysis/caveats.h"
#include "analysis/claim_curve.h"
#include "analysis/claim_tasks.h"
#include "analysis/claims.h"

typedef struct Judging {
    const Measures *measures;
    const ExperimentClaim *claim;
    Findings *findings;
    Arena *arena;
    Error *err;
} Judging;

/* The effect of a claim on some tasks, and for a trend how its points are ordered. */
typedef struct Effect {
    bool measured;
    Quantity size, order;
} Effect;

/* --- one number of the points ---------------------------------------------------------------------- */

static size_t nearest(const ClaimCurve *curve, double x)
{
    size_t at = 0;
    for (size_t k = 1; k < curve->n; k++)
        if (fabs(curve->x[k] - x) < fabs(curve->x[at] - x)) at = k;
    return at;
}

static bool add_point(Quantity *sum, const ClaimCurve *curve, size_t k, double factor,
                      const Judging *judging)
{
    return quantity_add(sum, &curve->points[k], factor, judging->arena, judging->err);
}

static bool reduce(Quantity *sum, const ClaimCurve *curve, const Judging *judging)
{
    const ExperimentClaim *claim = judging->claim;
    size_t last = curve->n - 1;
    *sum = (Quantity){0};
    if (claim->at == CLAIM_AT_GAIN || claim->rule == CLAIM_TREND)
        return add_point(sum, curve, last, 1, judging) && add_point(sum, curve, 0, -1, judging);
    switch ((ClaimAt)claim->at) {
    case CLAIM_AT_FIRST: return add_point(sum, curve, 0, 1, judging);
    case CLAIM_AT_LAST: return add_point(sum, curve, last, 1, judging);
    case CLAIM_AT_POINT: return add_point(sum, curve, nearest(curve, claim->point), 1, judging);
    default:
        for (size_t k = 0; k < curve->n; k++)
            if (!add_point(sum, curve, k, 1.0 / (double)curve->n, judging)) return false;
        return true;
    }
}

static bool measure_order(Quantity *order, const ClaimCurve *curve, const Judging *judging)
{
    const Quantity **points = arena_alloc(judging->arena, curve->n, sizeof *points, judging->err);
    if (!points) return false;
    for (size_t k = 0; k < curve->n; k++) points[k] = &curve->points[k];
    return quantity_combine(order, statistics_kendall, points, curve->n, judging->arena,
                            judging->err);
}

/* The mean effect on several tasks. */
static bool measure_effect(Effect *effect, const Judging *judging, const size_t *tasks, size_t n)
{
    ClaimCurve curve;
    *effect = (Effect){0};
    if (!claim_curve_make(&curve, judging->measures, judging->claim, tasks, n, judging->arena,
                          judging->err))
        return false;
    if (!curve.n) return true;
    effect->measured = true;
    return reduce(&effect->size, &curve, judging) &&
           (judging->claim->rule != CLAIM_TREND || measure_order(&effect->order, &curve, judging));
}

/* --- the whole of several tasks -------------------------------------------------------------------- */

static double share_won(const double *effect, size_t n)
{
    double won = 0;
    for (size_t i = 0; i < n; i++) won += effect[i] > 0 ? 1 : effect[i] == 0 ? 0.5 : 0;
    return won / (double)n - 0.5;
}

static bool measure_most(Effect *effect, const Judging *judging, const ClaimTasks *tasks)
{
    const Quantity **sizes = arena_alloc(judging->arena, tasks->n, sizeof *sizes, judging->err);
    Effect *each = arena_alloc(judging->arena, tasks->n, sizeof *each, judging->err);
    if (!sizes || !each) return false;
    for (size_t i = 0; i < tasks->n; i++) {
        if (!measure_effect(&each[i], judging, &tasks->items[i], 1)) return false;
        if (!each[i].measured) return true;
        sizes[i] = &each[i].size;
    }
    effect->measured = true;
    return quantity_combine(&effect->size, share_won, sizes, tasks->n, judging->arena,
                            judging->err);
}

static bool measure_whole(Effect *effect, const Judging *judging, const ClaimTasks *tasks,
                          const ClaimTasks *against)
{
    *effect = (Effect){0};
    if (judging->claim->rule == CLAIM_MOST) return measure_most(effect, judging, tasks);
    if (!measure_effect(effect, judging, tasks->items, tasks->n)) return false;
    if (!against->n) return true;
    Effect other;
    if (!measure_effect(&other, judging, against->items, against->n)) return false;
    effect->measured &= other.measured;
    return !effect->measured ||
           quantity_add(&effect->size, &other.size, -1, judging->arena, judging->err);
}

/* --- rows ------------------------------------------------------------------------------------------ */

/* An effect of test scores has its row already, with the same draws; it is taken over to the last bit. */
static void take_over(QuantityEstimate *estimate, const Judging *judging, const char *task)
{
    const ExperimentClaim *claim = judging->claim;
    bool share = claim->rule == CLAIM_MOST && !strcmp(task, NUMBERS_ALL_TASKS);
    if (!analysis_scores_is_effect(claim) || share) return;
    const NumbersEffect *effect =
        numbers_effect(&judging->findings->numbers, claim->better, claim->worse, task);
    if (effect) *estimate = (QuantityEstimate){effect->mean, effect->low, effect->high};
}

static Verdict judge(NumbersClaim *row, double *p, const Judging *judging, const Effect *effect,
                     QuantityEstimate size, QuantityEstimate order)
{
    const ExperimentClaim *claim = judging->claim;
    const bool known = caveats_is_known(&effect->size);
    Verdict verdict = known ? claims_verdict((ClaimRule)claim->rule, size, claim->smallest_effect)
                            : VERDICT_UNDECIDED;
    *p = claims_p((ClaimRule)claim->rule, verdict, &effect->size, claim->smallest_effect);
    if (claim->rule == CLAIM_TREND) {
        if (known) verdict = claims_trend(verdict, order);
        /* supported takes both, contradicted either */
        double p_order = quantity_p(&effect->order, 0);
        *p = verdict == VERDICT_CONTRADICTED ? fmin(*p, p_order) : fmax(*p, p_order);
        row->order = order.mean;
        row->order_low = order.low;
        row->order_high = order.high;
    }
    return verdict;
}

static bool add_row(const Judging *judging, const Effect *effect, const ClaimTasks *tasks,
                    const char *title)
{
    const ExperimentClaim *claim = judging->claim;
    Findings *findings = judging->findings;
    SpecList *list =
        claim->on == CLAIM_ON_RATE ? &findings->timings.claims : &findings->numbers.claims;
    NumbersClaim *row = (NumbersClaim *)list->items + list->n++;
    SignificanceClaim *test =
        (SignificanceClaim *)findings->tests.claims.items + findings->tests.claims.n++;
    QuantityEstimate size, order = {0};
    if (!quantity_estimate(&size, &effect->size, judging->arena, judging->err) ||
        !quantity_estimate(&order, &effect->order, judging->arena, judging->err))
        return false;
    take_over(&size, judging, title);
    *row = (NumbersClaim){.id = claim->id,
                          .task = title,
                          .smallest_effect = claim->smallest_effect,
                          .mean = size.mean,
                          .low = size.low,
                          .high = size.high,
                          .order = (double)NAN,
                          .order_low = (double)NAN,
                          .order_high = (double)NAN};
    double p;
    row->verdict = (int)judge(row, &p, judging, effect, size, order);
    *test = (SignificanceClaim){
        .id = claim->id, .task = title, .p = p, .p_corrected = p, .verdict = row->verdict};
    return caveats_find(&test->caveats, judging->measures, claim, tasks->items, tasks->n,
                        &effect->size, judging->arena, judging->err);
}

/* What the rows of a claim are called: by task, or by what is measured where there is none. */
static const char *title_of(const Judging *judging, size_t task)
{
    ClaimOn on = (ClaimOn)judging->claim->on;
    const char *name = measure_task(judging->measures, on, task);
    return name ? name : experiment_claim_on_words[on];
}

/* Corrects the p-values of rows [n], the tasks of one claim, and their verdicts. */
static bool correct(SignificanceClaim *rows, size_t n, Arena *arena, Error *err)
{
    const double level = 0.05;
    double *p = arena_alloc(arena, n, sizeof *p, err);
    double *corrected = arena_alloc(arena, n, sizeof *corrected, err);
    if (!p || !corrected) return false;
    for (size_t i = 0; i < n; i++) p[i] = rows[i].p;
    statistics_holm(corrected, p, n);
    for (size_t i = 0; i < n; i++) {
        rows[i].p_corrected = corrected[i];
        if (corrected[i] > level) rows[i].verdict = VERDICT_UNDECIDED;
    }
    return true;
}

static bool judge_tasks(const Judging *judging, const ClaimTasks *tasks)
{
    SpecList *tests = &judging->findings->tests.claims;
    size_t before = tests->n;
    for (size_t i = 0; i < tasks->n; i++) {
        Effect effect;
        const ClaimTasks one = {1, &tasks->items[i], NULL};
        if (!measure_effect(&effect, judging, one.items, 1)) return false;
        if (effect.measured && !add_row(judging, &effect, &one, title_of(judging, tasks->items[i])))
            return false;
    }
    return correct((SignificanceClaim *)tests->items + before, tests->n - before, judging->arena,
                   judging->err);
}

static bool judge_claim(const Judging *judging)
{
    const ExperimentClaim *claim = judging->claim;
    ClaimTasks tasks, against = {0};
    if (!claim_tasks_make(&tasks, judging->measures, (ClaimOn)claim->on, &claim->tasks,
                          judging->arena, judging->err))
        return false;
    bool interaction = claim->against_tasks.n > 0;
    if (interaction && !claim_tasks_make(&against, judging->measures, (ClaimOn)claim->on,
                                         &claim->against_tasks, judging->arena, judging->err))
        return false;
    if (!tasks.n || (interaction && !against.n)) return true;
    if (!interaction && !judge_tasks(judging, &tasks)) return false;
    if (!interaction && tasks.n == 1) return true;
    Effect effect;
    const char *title = tasks.title;
    if (interaction)
        title =
            arena_format(judging->arena, judging->err, "%s against %s", tasks.title, against.title);
    if (!title || !measure_whole(&effect, judging, &tasks, &against)) return false;
    return !effect.measured || add_row(judging, &effect, &tasks, title);
}

bool analysis_claims(Findings *findings, const Measures *measures, Arena *arena, Error *err)
{
    const Experiment *experiment = measures->scores.measured.experiment;
    size_t most = 0;
    for (size_t i = 0; i < experiment->n_claims; i++)
        most += measure_n_tasks(measures, (ClaimOn)experiment->claims[i].on) + 1;
    findings->numbers.claims.items = arena_alloc(arena, most, sizeof(NumbersClaim), err);
    findings->timings.claims.items = arena_alloc(arena, most, sizeof(NumbersClaim), err);
    findings->tests.claims.items = arena_alloc(arena, most, sizeof(SignificanceClaim), err);
    if (!findings->numbers.claims.items || !findings->timings.claims.items ||
        !findings->tests.claims.items)
        return false;
    for (size_t i = 0; i < experiment->n_claims; i++) {
        const Judging judging = {measures, &experiment->claims[i], findings, arena, err};
        if (!judge_claim(&judging)) return false;
    }
    return true;
}
