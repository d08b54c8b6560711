#include "analysis/measure.h"

#include "base/elementary.h"
#include "analysis/course.h"

bool measure_make(Measures *measures, const Measured *measured, Arena *arena, Error *err)
{
    return score_draws_make(&measures->scores, measured, arena, err) &&
           probe_draws_make(&measures->probes, measured, arena, err);
}

/* --- where there is something ---------------------------------------------------------------------- */

static const ProbeCurve *curve_at(const Measures *measures, const MeasurePlace *place)
{
    static const ProbeKind kinds[] = {
        [CLAIM_ON_ZERO_SHOT] = PROBE_ZERO_SHOT,
        [CLAIM_ON_CONTEXT_WINDOW] = PROBE_CONTEXT_WINDOW,
        [CLAIM_ON_POSITION] = PROBE_POSITION,
        [CLAIM_ON_RATE] = PROBE_TRAINING_RATE,
    };
    return probe_draws_find(&measures->probes, kinds[place->on], (int)place->cell,
                            (int)place->task);
}

size_t measure_n_tasks(const Measures *measures, ClaimOn on)
{
    if (!experiment_claim_has_tasks(on)) return 1;
    return on == CLAIM_ON_ZERO_SHOT ? measures->scores.measured.experiment->zero_shot_tasks.n
                                    : measures->scores.n_tasks;
}

const char *measure_task(const Measures *measures, ClaimOn on, size_t task)
{
    const Measured *measured = &measures->scores.measured;
    const NumbersTask *tasks = measured->numbers->tasks.items;
    if (!experiment_claim_has_tasks(on)) return NULL;
    return on == CLAIM_ON_ZERO_SHOT ? measured->experiment->zero_shot_tasks.text[task]
                                    : tasks[task].name;
}

int64_t measure_train_examples(const Measures *measures, ClaimOn on, size_t task)
{
    if (!experiment_claim_has_tasks(on) || on == CLAIM_ON_ZERO_SHOT) return 0;
    return score_draws_run(&measures->scores, 0, task, 0)->train_examples;
}

static const NumbersPretrain *pretrain_of(const Measures *measures, const MeasurePlace *place)
{
    const Numbers *numbers = measures->scores.measured.numbers;
    return numbers_pretrain(numbers, numbers->cells.text[place->cell]);
}

size_t measure_n_points(const Measures *measures, const MeasurePlace *place)
{
    if (place->on == CLAIM_ON_PARAMETERS || place->on == CLAIM_ON_SIZE)
        return pretrain_of(measures, place) ? 1 : 0;
    if (!experiment_claim_is_probe(place->on)) return 1;
    const ProbeCurve *curve = curve_at(measures, place);
    return curve ? (size_t)curve->probe->n_points : 0;
}

int measure_units(const Measures *measures, const MeasurePlace *place)
{
    const ProbeCurve *curve =
        experiment_claim_is_probe(place->on) ? curve_at(measures, place) : NULL;
    return curve ? curve->probe->n_units : 0;
}

double measure_x(const Measures *measures, const MeasurePlace *place)
{
    return curve_at(measures, place)->probe->x[place->point];
}

/* --- values ---------------------------------------------------------------------------------------- */

typedef double Turn(const ProbeCurve *curve, double x);

static double as_minus(const ProbeCurve *curve, double x)
{
    (void)curve;
    return -x;
}

static double as_logarithm(const ProbeCurve *curve, double x)
{
    (void)curve;
    return elementary_log64(x);
}

static bool get_probe(Quantity *quantity, const Measures *measures, const MeasurePlace *place,
                      Arena *arena, Error *err)
{
    Turn *turn = as_minus;
    if (place->on == CLAIM_ON_ZERO_SHOT) turn = probe_draws_normalise;
    if (place->on == CLAIM_ON_RATE) turn = as_logarithm;
    const ProbeCurve *curve = curve_at(measures, place);
    const Quantity *point = &curve->points[place->point];
    if (!quantity_make(quantity, point, arena, err)) return false;
    quantity->value = turn(curve, point->value);
    for (size_t i = 0; i < point->n; i++) quantity->sample[i] = turn(curve, point->sample[i]);
    return true;
}

static bool get_course(Quantity *quantity, const Measures *measures, const MeasurePlace *place,
                       Arena *arena, Error *err)
{
    const ScoreDraws *scores = &measures->scores;
    const Quantity seeds = {.kind = QUANTITY_SEEDS, .n = scores->n_seeds};
    if (!quantity_make(quantity, &seeds, arena, err)) return false;
    if (place->on == CLAIM_ON_GAP) {
        if (!course_gaps(quantity->sample, scores, place->cell, place->task, err)) return false;
    } else {
        course_updates(quantity->sample, scores, place->cell, place->other, place->task);
        for (size_t s = 0; s < quantity->n; s++)
            quantity->sample[s] = -elementary_log64(quantity->sample[s]);
    }
    quantity->value = statistics_mean(quantity->sample, quantity->n);
    return true;
}

/* The head and the embeddings of tokens that only fine-tuning has, against the language model. */
static double added_share(const Measures *measures, const MeasurePlace *place)
{
    double tuned =
        (double)score_draws_run(&measures->scores, place->cell, place->task, 0)->parameters;
    double before = (double)pretrain_of(measures, place)->parameters;
    return (tuned - before) / before;
}

bool measure_get(Quantity *quantity, const Measures *measures, const MeasurePlace *place,
                 Arena *arena, Error *err)
{
    switch (place->on) {
    case CLAIM_ON_SCORE:
        *quantity = score_draws_quantity(&measures->scores, place->cell, place->task);
        return true;
    case CLAIM_ON_PARAMETERS:
        *quantity = (Quantity){.kind = QUANTITY_EXACT, .value = -added_share(measures, place)};
        return true;
    case CLAIM_ON_SIZE:
        *quantity =
            (Quantity){.kind = QUANTITY_EXACT,
                       .value = elementary_log64((double)pretrain_of(measures, place)->parameters)};
        return true;
    case CLAIM_ON_CONVERGENCE:
    case CLAIM_ON_GAP: return get_course(quantity, measures, place, arena, err);
    default: return get_probe(quantity, measures, place, arena, err);
    }
}
