/* Two results, A and B, number by number: how much better or worse B is.
 *
 * Beside every difference, B less A, stands its 95 % interval, by what the two share:
 *
 *   examples  scores on the same test examples with the same seeds, curves over the same examples or documents, and both
 *             with evidence: the bootstrap draws of one are those of the other (statistics/bootstrap.h)
 *   seeds     the same examples and seeds, but evidence of one at most: Student's t of the differences by seed
 *   neither   t * s * sqrt(1/n + 1/m) where the test examples are the same, with the pooled deviation s over seeds;
 *             where they are others, or there is one seed each, sqrt(h^2 + k^2) of the half-widths of both intervals
 *
 * B is better or worse where the difference is more than the smallest of interest, half a point of a score (0.005), 1 % of
 * a perplexity, 0.01 nats, and its interval does not hold 0. Held-out perplexity has no interval, losses and perplexities
 * of curves have none without evidence: there the smallest difference alone decides.
 *
 * A probe's curve is compared by the mean over its points. What cannot be compared is told with the reason: another cell,
 * task, metric, points, or perplexities of other texts and tokens. Timings are of a machine and are not compared; verdicts
 * follow from the rest, and what moved of them is told (changes.h). */
#ifndef ANALYSIS_COMPARISON_H
#define ANALYSIS_COMPARISON_H

#include "analysis/comparison_row.h"

extern const char *const comparison_verdict_words[]; /* "identical", "within noise", ... */
extern const char *const comparison_shared_words[];  /* "nothing", "seeds", ... */

enum {
    COMPARISON_SCORES,
    COMPARISON_ZERO_SHOT,
    COMPARISON_HELD_OUT,
    COMPARISON_CONTEXT_WINDOW,
    COMPARISON_POSITION,
    N_COMPARISON_MEASURES
};
extern const ComparisonMeasure comparison_measures[];

typedef struct Comparison {
    ComparisonSide side[2]; /* A, B */
    bool same_numbers;      /* all of them, bit for bit; false also where it is not known */
    size_t n;
    ComparisonRow *rows;
    size_t n_compared;                   /* rows without a reason why not */
    size_t count[N_COMPARISON_VERDICTS]; /* of rows */
    TextList notes;                      /* what else is different, and what cannot be compared */
    SpecList claims;                     /* of ChangesClaim (changes.h): what moved of verdicts */
} Comparison;

bool comparison_make(Comparison *comparison, const ComparisonSide *before,
                     const ComparisonSide *after, Arena *arena, Error *err) MUST_USE;

/* Worse if anything is; else better if anything is; else within noise if anything moved. */
ComparisonVerdict comparison_overall(const Comparison *comparison);

/* "B is worse than A in 1 of 14 numbers, better in 2, within noise in 3, identical in 8" */
bool comparison_summary(Buffer *text, const Comparison *comparison, Error *err) MUST_USE;

/* For programs: {"comparisons": [...]}; and JUnit's XML, a test case a row, a failure where B is worse, skipped where it
 * cannot be compared. */
Json *comparison_json(const Comparison *const *comparisons, size_t n, Arena *arena,
                      Error *err) MUST_USE;
bool comparison_junit(Buffer *xml, const Comparison *const *comparisons, size_t n,
                      Error *err) MUST_USE;

#endif
