#include "statistics/quantity.h"

#include <math.h>
#include <string.h>

bool quantity_make(Quantity *sum, const Quantity *like, Arena *arena, Error *err)
{
    *sum = (Quantity){.kind = like->kind, .n = like->n};
    if (like->n) sum->sample = arena_alloc(arena, like->n, sizeof(double), err);
    return !like->n || sum->sample;
}

bool quantity_add(Quantity *sum, const Quantity *term, double factor, Arena *arena, Error *err)
{
    if (sum->kind == QUANTITY_EXACT && term->kind != QUANTITY_EXACT) {
        double value = sum->value;
        if (!quantity_make(sum, term, arena, err)) return false;
        sum->value = value;
        for (size_t i = 0; i < sum->n; i++) sum->sample[i] = value;
    }
    sum->value += factor * term->value;
    for (size_t i = 0; i < sum->n; i++)
        sum->sample[i] += factor * (term->n ? term->sample[i] : term->value);
    return true;
}

bool quantity_combine(Quantity *result, QuantityFunction *function, const Quantity *const *terms,
                      size_t n, Arena *arena, Error *err)
{
    double *x = arena_alloc(arena, n, sizeof *x, err);
    const Quantity *like = terms[0];
    for (size_t k = 1; k < n && like->kind == QUANTITY_EXACT; k++) like = terms[k];
    if (!x || !quantity_make(result, like, arena, err)) return false;
    for (size_t k = 0; k < n; k++) x[k] = terms[k]->value;
    result->value = function(x, n);
    for (size_t i = 0; i < result->n; i++) {
        for (size_t k = 0; k < n; k++) x[k] = terms[k]->n ? terms[k]->sample[i] : terms[k]->value;
        result->sample[i] = function(x, n);
    }
    return true;
}

static double seeds_error(const Quantity *quantity)
{
    return statistics_deviation(quantity->sample, quantity->n) / sqrt((double)quantity->n);
}

bool quantity_estimate(QuantityEstimate *estimate, const Quantity *quantity, Arena *scratch,
                       Error *err)
{
    *estimate = (QuantityEstimate){quantity->value, quantity->value, quantity->value};
    if (quantity->kind == QUANTITY_SEEDS && quantity->n > 1) {
        double half = statistics_student((int)quantity->n - 1) * seeds_error(quantity);
        estimate->low -= half;
        estimate->high += half;
    }
    if (quantity->kind != QUANTITY_DRAWN) return true;
    ArenaMark mark = arena_mark(scratch);
    double *draws = arena_alloc(scratch, quantity->n, sizeof *draws, err);
    if (!draws) return false;
    memcpy(draws, quantity->sample, quantity->n * sizeof *draws);
    StatisticsInterval interval = statistics_interval(draws);
    estimate->low = interval.low;
    estimate->high = interval.high;
    arena_reset(scratch, mark);
    return true;
}

double quantity_p(const Quantity *quantity, double null)
{
    if (quantity->kind == QUANTITY_DRAWN) return statistics_draws_p(quantity->sample, null);
    if (quantity->kind == QUANTITY_EXACT || quantity->n < 2) return (double)NAN;
    double error = seeds_error(quantity), distance = quantity->value - null;
    if (error == 0) return distance == 0 ? 1.0 : 0.0;
    return statistics_student_p(distance / error, (int)quantity->n - 1);
}

bool quantity_varies(const Quantity *quantity)
{
    for (size_t i = 1; i < quantity->n; i++)
        if (quantity->sample[i] != quantity->sample[0]) return true;
    return false;
}
