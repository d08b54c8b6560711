/* One number of two results (comparison.h), and a result as a side of a comparison. */
#ifndef ANALYSIS_COMPARISON_ROW_H
#define ANALYSIS_COMPARISON_ROW_H

#include "result/evidence.h"
#include "result/result.h"

typedef enum ComparisonVerdict {
    COMPARISON_IDENTICAL,
    COMPARISON_NOISE,
    COMPARISON_BETTER,
    COMPARISON_WORSE,
    COMPARISON_NEW,   /* only B has it */
    COMPARISON_GONE,  /* only A has it */
    COMPARISON_APART, /* both have it, of something else */
    N_COMPARISON_VERDICTS
} ComparisonVerdict;

typedef enum ComparisonShared {
    COMPARISON_SHARED_NOTHING,
    COMPARISON_SHARED_SEEDS,
    COMPARISON_SHARED_EXAMPLES, /* and seeds */
    COMPARISON_SHARED_UNKNOWN,  /* there is no interval */
    N_COMPARISON_SHARED
} ComparisonShared;

/* What kind of number is compared. */
typedef struct ComparisonMeasure {
    const char *title;
    double scale; /* of what is shown: 100 for scores, which are fractions */
    int digits;   /* shown behind the point */
    bool falls;   /* less is better */
    double smallest;
    bool relative; /* the smallest difference is a share of A */
} ComparisonMeasure;

typedef struct ComparisonRow {
    const ComparisonMeasure *measure;
    const char *cell;
    const char *what;     /* a task, "held-out perplexity", or a probe: "zero-shot, sst2" */
    double before, after; /* NaN: that side has none */
    double low, high;     /* of the difference; NaN: no interval */
    ComparisonShared shared;
    ComparisonVerdict verdict;
    const char *why; /* it cannot be compared; NULL: it is */
} ComparisonRow;

typedef struct ComparisonSide {
    const Result *result;
    const Evidence *evidence; /* NULL: there is none */
    const char *name,
        *place; /* "quickstart at scale tiny, v003", and where it lies; NULL: nobody is told */
} ComparisonSide;

#endif
