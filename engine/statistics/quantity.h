/* Something measured, with what is known of its chance: a sample that is paired with those of other
 * quantities, so that the sample of a sum or a difference is the sum or difference of samples. Intervals
 * and p-values are taken at the end.
 *
 *   drawn   bootstrap draws: percentile interval, p-value by counting draws
 *   seeds   one value for each fine-tuning seed: Student's t of their mean
 *   exact   nothing varies, or nothing is known of it: the interval is the value, its p-value NaN
 *
 * An exact quantity may be added to any other; drawn ones and seeds never meet. */
#ifndef STATISTICS_QUANTITY_H
#define STATISTICS_QUANTITY_H

#include "base/arena.h"
#include "statistics/statistics.h"

typedef enum QuantityKind { QUANTITY_EXACT, QUANTITY_DRAWN, QUANTITY_SEEDS } QuantityKind;

typedef struct Quantity {
    QuantityKind kind;
    double value;
    size_t n;       /* STATISTICS_DRAWS, how many seeds, or 0 */
    double *sample; /* [n] */
} Quantity;

/* 0, with a sample of zeros like that of `like`. */
bool quantity_make(Quantity *sum, const Quantity *like, Arena *arena, Error *err) MUST_USE;

/* sum += factor * term; an exact sum takes the kind, but never the memory, of the first term. */
bool quantity_add(Quantity *sum, const Quantity *term, double factor, Arena *arena,
                  Error *err) MUST_USE;

/* A function of several quantities of one kind, value by value and draw by draw. x [n] are the values to
 * combine, all of one draw. */
typedef double QuantityFunction(const double *x, size_t n);
bool quantity_combine(Quantity *result, QuantityFunction *function, const Quantity *const *terms,
                      size_t n, Arena *arena, Error *err) MUST_USE;

typedef struct QuantityEstimate {
    double mean, low, high; /* 95 % interval */
} QuantityEstimate;
bool quantity_estimate(QuantityEstimate *estimate, const Quantity *quantity, Arena *scratch,
                       Error *err) MUST_USE;

/* The two-sided p-value of `null` being the truth; NaN: nothing is known of chance. */
double quantity_p(const Quantity *quantity, double null);

/* There is more than one value in the sample, and not all are the same. */
bool quantity_varies(const Quantity *quantity);

#endif
