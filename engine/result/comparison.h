/* Two results of one experiment, number by number.
 *
 * A score is a mean over seeds; two means differ when they do by more than the tolerance:
 *   several seeds  the 95 % interval of a difference of means, t * s * sqrt(1/n + 1/m), with the pooled
 *                  deviation s over seeds; the test examples are the same, so only seeds count
 *   one seed       sqrt(h^2 + k^2), with h, k the half-widths of the intervals
 * but never less than half a point (0.005). Held-out perplexity: 1 %.
 *
 * A probe's curve is compared by the mean over its points: zero-shot scores as scores of one seed are,
 * perplexity given k tokens to 1 %, loss by position to 0.01 nats. Curves over other points are new. Timings are
 * of a machine and are not compared; nor are verdicts, which follow from the rest. */
#ifndef RESULT_COMPARISON_H
#define RESULT_COMPARISON_H

#include "result/numbers.h"

typedef enum ComparisonVerdict {
    COMPARISON_IDENTICAL,
    COMPARISON_NOISE,
    COMPARISON_BETTER,
    COMPARISON_WORSE,
    COMPARISON_NEW,
    COMPARISON_GONE,
    N_COMPARISON_VERDICTS
} ComparisonVerdict;
extern const char *const comparison_verdict_words[]; /* "identical", "within noise", ... */

typedef struct ComparisonRow {
    const char *cell;
    const char *what; /* a task, "held-out perplexity", or a probe: "zero-shot, sst2" */
    double before, after, tolerance;
    double scale; /* of what is shown: 100 for scores, which are fractions */
    ComparisonVerdict verdict;
} ComparisonRow;

typedef struct Comparison {
    size_t n;
    ComparisonRow *rows;
    size_t count[N_COMPARISON_VERDICTS];
} Comparison;

bool comparison_make(Comparison *comparison, const Numbers *before, const Numbers *after,
                     Arena *arena, Error *err) MUST_USE;

/* Worse if anything is; else better if anything is; else within noise if anything moved. */
ComparisonVerdict comparison_overall(const Comparison *comparison);

/* A line a row; `moved_only` leaves out what is identical. */
bool comparison_write(Buffer *text, const Comparison *comparison, bool moved_only,
                      Error *err) MUST_USE;

#endif
